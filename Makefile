# make run      build and open the window       make run ARGS="letter.eml"
# make test     every test
# make check    what a change must pass: the tests, the format, the lints, the library without the window
# make bench    time and memory beside openssl, gpgsm and NSS into docs/performance.md       make bench SIZE=100 (megabytes)

.PHONY: run test check bench

run:
	@packaging/linux/run.sh $(ARGS)

# The variant that a test asks for is built before it runs; the snapshots of a test are in git or the test fails.
test:
	@packaging/linux/setup.sh build test
	@packaging/linux/new-openssl.sh
	INSTA_UPDATE=no cargo test --locked

check:
	@.ci/run

bench:
	@packaging/linux/setup.sh build test
	cargo bench --locked --bench peers -- $(or $(SIZE),1000)
