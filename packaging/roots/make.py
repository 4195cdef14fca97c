#!/usr/bin/env python3
"""Makes assets/roots/mail.pem and mail.tsv: the roots that Mozilla trusts for mail, out of the certdata.txt of NSS.

    packaging/roots/make.py CERTDATA --date 2026-02-06 --source "firefox-esr 140.12.0esr-1~deb12u1" [--list 2.84] [--to DIR]

CERTDATA is lib/ckfw/builtins/certdata.txt of NSS. It stands in Debian's source packages nss and firefox-esr
(security/nss/lib/ckfw/builtins) and in ca-certificates (mozilla). `apt-get source --download-only PACKAGE` fetches one and checks
its signatures. --date: the day of the last change to certdata.txt. --list: the number of the list, otherwise read from
the nssckbi.h beside CERTDATA. The standard library of Python 3.9 is all that is needed.

Taken is a certificate whose trust object says CKA_TRUST_EMAIL_PROTECTION = CKT_NSS_TRUSTED_DELEGATOR. Where the certificate has a
CKA_NSS_EMAIL_DISTRUST_AFTER, mail.tsv says until when it vouches for new certificates.
"""

import argparse
import base64
import datetime
import hashlib
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRUSTED = "CKT_NSS_TRUSTED_DELEGATOR"
NOTICE = """\
# The roots that Mozilla trusts for mail: list {list} of {date}, from Debian's source package {source}.
# Made by packaging/roots/make.py; do not edit.
#
# This Source Code Form is subject to the terms of the Mozilla Public
# License, v. 2.0. If a copy of the MPL was not distributed with this
# file, You can obtain one at http://mozilla.org/MPL/2.0/.
"""


def objects(lines):
    """The objects of certdata.txt: attribute to value, text as str and octets as bytes."""
    found = []
    lines = iter(lines)
    for line in lines:
        if not line.startswith("CKA_"):
            continue
        name, kind, *value = line.rstrip("\n").split(" ", 2)
        if name == "CKA_CLASS":
            found.append({})
        if not found:
            sys.exit("an attribute stands before the first object")
        if kind == "MULTILINE_OCTAL":
            value = octets(lines, name)
        elif kind == "UTF8":
            value = re.sub(rb"\\x([0-9a-fA-F]{2})", lambda c: bytes([int(c[1], 16)]), value[0].strip('"').encode())
            value = value.decode()
        else:
            value = value[0].strip() if value else ""
        if found[-1].setdefault(name, value) is not value:
            sys.exit(f"{name} stands twice in an object")
    return found


def octets(lines, name):
    """The octets up to END."""
    value = bytearray()
    for line in lines:
        line = line.strip()
        if line == "END":
            return bytes(value)
        if not re.fullmatch(r"(\\[0-3][0-7]{2})+", line):
            sys.exit(f"{name} is damaged: {line}")
        value.extend(int(octet, 8) for octet in line.split("\\")[1:])
    sys.exit(f"{name} has no end")


def until(certificate):
    """When a root ceases to vouch for new certificates, RFC 3339, or nothing: UTCTime in certdata.txt."""
    value = certificate.get("CKA_NSS_EMAIL_DISTRUST_AFTER", "CK_FALSE")
    if value == "CK_FALSE":
        return ""
    return datetime.datetime.strptime(value.decode(), "%y%m%d%H%M%SZ").strftime("%Y-%m-%dT%H:%M:%SZ")


def roots(lines):
    """SHA-256, date, name and DER of every root that is trusted for mail, in the order of their names."""
    all_objects = objects(lines)
    serial = lambda thing: (thing["CKA_ISSUER"], thing["CKA_SERIAL_NUMBER"])
    trust = {}
    for thing in all_objects:
        if thing["CKA_CLASS"] == "CKO_NSS_TRUST" and trust.setdefault(serial(thing), thing) is not thing:
            sys.exit(f"two trust objects for {thing['CKA_LABEL']}")
    found = []
    for thing in all_objects:
        if thing["CKA_CLASS"] != "CKO_CERTIFICATE":
            continue
        der, said = thing["CKA_VALUE"], trust.get(serial(thing), {})
        if said.get("CKA_TRUST_EMAIL_PROTECTION") != TRUSTED:
            continue
        if said.get("CKA_CERT_SHA1_HASH", hashlib.sha1(der).digest()) != hashlib.sha1(der).digest():
            sys.exit(f"the trust object for {thing['CKA_LABEL']} is about another certificate")
        found.append((hashlib.sha256(der).hexdigest(), until(thing), thing["CKA_LABEL"].strip(), der))
    return sorted(found, key=lambda root: (root[2].casefold(), root[0]))


def list_number(certdata):
    """The number in the nssckbi.h beside certdata.txt."""
    header = certdata.with_name("nssckbi.h")
    found = header.exists() and re.search(r'NSS_BUILTINS_LIBRARY_VERSION "([0-9.]+)"', header.read_text())
    return found[1] if found else sys.exit(f"no number in {header}: give --list")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("certdata", type=pathlib.Path)
    parser.add_argument("--date", required=True, type=datetime.date.fromisoformat)
    parser.add_argument("--source", required=True)
    parser.add_argument("--list")
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "assets/roots")
    given = parser.parse_args()
    number = given.list or list_number(given.certdata)
    with open(given.certdata, encoding="utf-8") as lines:
        found = roots(lines)
    if not found:
        sys.exit("no root in it is trusted for mail")
    notice = NOTICE.format(list=number, date=given.date, source=given.source)
    pem = [notice]
    for sha256, _, name, der in found:
        text = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
        pem.append(f"\n# {name}\n-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    table = [notice, f"list\t{number}\t{given.date}\nsha256\tdistrust-after\tname\n"]
    table += [f"{sha256}\t{after}\t{name}\n" for sha256, after, name, _ in found]
    (given.to / "mail.pem").write_text("".join(pem), encoding="utf-8")
    (given.to / "mail.tsv").write_text("".join(table), encoding="utf-8")
    ended = sum(bool(after) for _, after, _, _ in found)
    print(f"list {number} of {given.date}: {len(found)} roots for mail, {ended} of them for older certificates alone")


main()
