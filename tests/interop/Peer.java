// Bouncy Castle as a peer that reads and writes S/MIME.
//
// Started as a single source file: java -cp BC_JARS Peer.java PKI_FOLDER
// Each line of standard input is a command, its words between tabs; each answer is one line, "ok" or "error WHY".
//
//   verify IN OUT                     checks a message against root.pem and writes what was signed
//   sign PERSON FORM IN OUT           signs an entity; FORM is clear or opaque
//   decrypt PERSON IN OUT             opens a message and writes what was in it
//   encrypt PERSON CIPHER PADDING IN OUT
//   make ALGORITHM KEY OUT CERTIFICATE  signs a text with a new key of its own, and writes the certificate too
//   check IN CERTIFICATE              checks an opaque CMS signature with the key of a certificate
//   p12 IN PASSWORD                   loads a PKCS #12 file

import java.io.*;
import java.math.BigInteger;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.*;
import javax.mail.Session;
import javax.mail.internet.*;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.*;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.*;
import org.bouncycastle.cms.*;
import org.bouncycastle.cms.jcajce.*;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.mail.smime.*;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.Store;

public class Peer {
    static final Session SESSION = Session.getInstance(new Properties());
    static Path pki;

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        pki = Path.of(arguments[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer;
            try {
                answer = "ok " + run(line.split("\t"));
            } catch (Throwable error) {
                answer = "error " + String.valueOf(error).replace('\n', ' ');
            }
            System.out.println(answer);
            System.out.flush();
        }
    }

    static String run(String[] words) throws Exception {
        switch (words[0]) {
            case "version":
                return Double.toString(Security.getProvider("BC").getVersion());
            case "verify":
                verify(message(words[1]), words[2]);
                return "";
            case "sign":
                sign(words[1], words[2].equals("opaque"), words[3], words[4]);
                return "";
            case "decrypt":
                decrypt(words[1], message(words[2]), words[3]);
                return "";
            case "encrypt":
                encrypt(words[1], words[2], words[3].equals("Oaep"), words[4], words[5]);
                return "";
            case "make":
                make(words[1], words[2], words[3], words[4]);
                return "";
            case "check":
                check(Files.readAllBytes(Path.of(words[1])), certificate(Path.of(words[2])));
                return "";
            case "p12":
                KeyStore store = KeyStore.getInstance("PKCS12", "BC");
                try (InputStream file = new FileInputStream(words[1])) {
                    store.load(file, words[2].toCharArray());
                }
                String alias = Collections.list(store.aliases()).stream().filter(name -> isKey(store, name)).findFirst().get();
                return store.getKey(alias, null).getAlgorithm() + " " + store.getCertificateChain(alias).length;
            default:
                throw new IllegalArgumentException(words[0]);
        }
    }

    static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (KeyStoreException error) {
            return false;
        }
    }

    static MimeMessage message(String path) throws Exception {
        try (InputStream in = new FileInputStream(path)) {
            return new MimeMessage(SESSION, in);
        }
    }

    static X509Certificate certificate(Path path) throws Exception {
        try (InputStream in = Files.newInputStream(path)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509", "BC").generateCertificate(in);
        }
    }

    static PrivateKey key(String person) throws Exception {
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(pki.resolve(person + ".key")))) {
            Object found = parser.readObject();
            PrivateKeyInfo info = found instanceof PEMKeyPair ? ((PEMKeyPair) found).getPrivateKeyInfo() : (PrivateKeyInfo) found;
            return new JcaPEMKeyConverter().setProvider("BC").getPrivateKey(info);
        }
    }

    static void verify(MimeMessage mail, String out) throws Exception {
        SMIMESigned signed = mail.isMimeType("multipart/signed")
            ? new SMIMESigned((MimeMultipart) mail.getContent())
            : new SMIMESigned(mail);
        Store<X509CertificateHolder> certificates = signed.getCertificates();
        if (signed.getSignerInfos().size() == 0) {
            throw new CMSException("no signer");
        }
        for (SignerInformation signer : signed.getSignerInfos()) {
            @SuppressWarnings("unchecked")
            X509CertificateHolder holder = (X509CertificateHolder) certificates.getMatches(signer.getSID()).iterator().next();
            X509Certificate own = new JcaX509CertificateConverter().setProvider("BC").getCertificate(holder);
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(own))) {
                throw new CMSException("the signature does not hold");
            }
            path(own, certificates);
        }
        write(signed.getContent(), out);
    }

    static void path(X509Certificate own, Store<X509CertificateHolder> certificates) throws Exception {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(own);
        Set<TrustAnchor> anchors = Set.of(new TrustAnchor(certificate(pki.resolve("root.pem")), null));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        parameters.setRevocationEnabled(false);
        List<Certificate> all = new ArrayList<>();
        for (X509CertificateHolder holder : certificates.getMatches(null)) {
            all.add(new JcaX509CertificateConverter().setProvider("BC").getCertificate(holder));
        }
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
        CertPathBuilder.getInstance("PKIX", "BC").build(parameters);
    }

    static void write(MimeBodyPart part, String out) throws Exception {
        try (OutputStream file = new FileOutputStream(out)) {
            part.writeTo(file);
        }
    }

    static void sign(String person, boolean opaque, String in, String out) throws Exception {
        PrivateKey key = key(person);
        X509Certificate own = certificate(pki.resolve(person + ".pem"));
        String algorithm = key.getAlgorithm().startsWith("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        SMIMESignedGenerator generator = new SMIMESignedGenerator();
        generator.addSignerInfoGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder().setProvider("BC").build(algorithm, key, own));
        generator.addCertificates(new JcaCertStore(List.of(own, certificate(pki.resolve("issuer.pem")))));
        MimeBodyPart entity = new MimeBodyPart(new ByteArrayInputStream(Files.readAllBytes(Path.of(in))));
        MimeMessage mail = letter();
        if (opaque) {
            MimeBodyPart sealed = generator.generateEncapsulated(entity);
            mail.setContent(sealed.getContent(), sealed.getContentType());
            mail.setHeader("Content-Transfer-Encoding", "base64");
        } else {
            MimeMultipart parts = generator.generate(entity);
            mail.setContent(parts, parts.getContentType());
        }
        save(mail, out);
    }

    static MimeMessage letter() throws Exception {
        MimeMessage mail = new MimeMessage(SESSION);
        mail.setFrom(new InternetAddress("alice@example.org"));
        mail.setRecipients(javax.mail.Message.RecipientType.TO, "bob@example.org");
        mail.setSubject("by Bouncy Castle");
        mail.setSentDate(new Date());
        return mail;
    }

    static void save(MimeMessage mail, String out) throws Exception {
        mail.saveChanges();
        try (OutputStream file = new FileOutputStream(out)) {
            mail.writeTo(file);
        }
    }

    static void decrypt(String person, MimeMessage mail, String out) throws Exception {
        PrivateKey key = key(person);
        boolean authenticated = mail.getContentType().contains("authEnveloped-data");
        // It has no class of its own for mail with AuthEnvelopedData.
        RecipientInformationStore recipients = authenticated
            ? new CMSAuthEnvelopedData(mail.getInputStream().readAllBytes()).getRecipientInfos()
            : new SMIMEEnveloped(mail).getRecipientInfos();
        X509Certificate own = certificate(pki.resolve(person + ".pem"));
        boolean curve = key.getAlgorithm().startsWith("EC");
        RecipientInformation mine = recipients.get(
            curve ? new JceKeyAgreeRecipientId(own) : new JceKeyTransRecipientId(own));
        if (mine == null) {
            throw new CMSException("no recipient of that name");
        }
        Recipient way;
        if (authenticated) {
            if (curve) {
                throw new CMSException("no class for key agreement in AuthEnvelopedData");
            }
            way = new JceKeyTransAuthEnvelopedRecipient(key).setProvider("BC");
        } else {
            way = curve
                ? new JceKeyAgreeEnvelopedRecipient(key).setProvider("BC")
                : new JceKeyTransEnvelopedRecipient(key).setProvider("BC");
        }
        Files.write(Path.of(out), mine.getContent(way));
    }

    static void encrypt(String person, String cipher, boolean oaep, String in, String out) throws Exception {
        X509Certificate own = certificate(pki.resolve(person + ".pem"));
        RecipientInfoGenerator recipient;
        if (own.getPublicKey().getAlgorithm().startsWith("EC")) {
            KeyPairGenerator maker = KeyPairGenerator.getInstance("EC", "BC");
            maker.initialize(new ECGenParameterSpec("P-256"));
            KeyPair ephemeral = maker.generateKeyPair();
            JceKeyAgreeRecipientInfoGenerator agree = new JceKeyAgreeRecipientInfoGenerator(
                CMSAlgorithm.ECDH_SHA256KDF, ephemeral.getPrivate(), ephemeral.getPublic(), CMSAlgorithm.AES256_WRAP);
            recipient = agree.addRecipient(own).setProvider("BC");
        } else if (oaep) {
            AlgorithmIdentifier padding = new org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter().getAlgorithmIdentifier(
                org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers.id_RSAES_OAEP,
                new javax.crypto.spec.OAEPParameterSpec("SHA-256", "MGF1", new java.security.spec.MGF1ParameterSpec("SHA-256"),
                    javax.crypto.spec.PSource.PSpecified.DEFAULT));
            recipient = new JceKeyTransRecipientInfoGenerator(own, padding).setProvider("BC");
        } else {
            recipient = new JceKeyTransRecipientInfoGenerator(own).setProvider("BC");
        }
        Map<String, ASN1ObjectIdentifier> ciphers = Map.of(
            "aes-128-cbc", CMSAlgorithm.AES128_CBC, "aes-192-cbc", CMSAlgorithm.AES192_CBC,
            "aes-256-cbc", CMSAlgorithm.AES256_CBC, "aes-128-gcm", CMSAlgorithm.AES128_GCM,
            "aes-256-gcm", CMSAlgorithm.AES256_GCM);
        OutputEncryptor encryptor = new JceCMSContentEncryptorBuilder(ciphers.get(cipher)).setProvider("BC").build();
        byte[] bytes = Files.readAllBytes(Path.of(in));
        MimeMessage mail = letter();
        if (cipher.endsWith("gcm")) {
            CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(recipient);
            byte[] sealed = generator
                .generate(new CMSProcessableByteArray(bytes), (org.bouncycastle.operator.OutputAEADEncryptor) encryptor)
                .getEncoded();
            String type = "application/pkcs7-mime; smime-type=authEnveloped-data; name=smime.p7m";
            mail.setDataHandler(new javax.activation.DataHandler(new javax.mail.util.ByteArrayDataSource(sealed, type)));
            mail.setHeader("Content-Type", type);
        } else {
            SMIMEEnvelopedGenerator generator = new SMIMEEnvelopedGenerator();
            generator.addRecipientInfoGenerator(recipient);
            MimeBodyPart sealed = generator.generate(new MimeBodyPart(new ByteArrayInputStream(bytes)), encryptor);
            mail.setContent(sealed.getContent(), sealed.getContentType());
        }
        mail.setHeader("Content-Transfer-Encoding", "base64");
        save(mail, out);
    }

    static KeyPair generate(String kind) throws Exception {
        KeyPairGenerator maker;
        if (kind.startsWith("RSA")) {
            maker = KeyPairGenerator.getInstance("RSA", "BC");
            maker.initialize(2048);
        } else if (kind.startsWith("Ed")) {
            maker = KeyPairGenerator.getInstance(kind, "BC");
        } else {
            maker = KeyPairGenerator.getInstance("EC", "BC");
            maker.initialize(new ECGenParameterSpec(kind));
        }
        return maker.generateKeyPair();
    }

    static void make(String algorithm, String kind, String out, String certificate) throws Exception {
        KeyPair pair = generate(kind);
        X500Name name = new X500Name("CN=Alice by Bouncy Castle");
        long now = System.currentTimeMillis();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
            name, BigInteger.valueOf(now), new Date(now - 86400000L), new Date(now + 86400000L), name, pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false,
            new GeneralNames(new GeneralName(GeneralName.rfc822Name, "alice@example.org")));
        X509CertificateHolder holder =
            builder.build(new JcaContentSignerBuilder(algorithm).setProvider("BC").build(pair.getPrivate()));
        Files.write(Path.of(certificate), holder.getEncoded());
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        X509Certificate own = new JcaX509CertificateConverter().setProvider("BC").getCertificate(holder);
        generator.addSignerInfoGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder().setProvider("BC").build(algorithm, pair.getPrivate(), own));
        generator.addCertificate(holder);
        byte[] text = "Content-Type: text/plain\r\n\r\nLieber Bob\r\n".getBytes("US-ASCII");
        Files.write(Path.of(out), generator.generate(new CMSProcessableByteArray(text), true).getEncoded());
    }

    static void check(byte[] cms, X509Certificate own) throws Exception {
        CMSSignedData signed = new CMSSignedData(cms);
        for (SignerInformation signer : signed.getSignerInfos()) {
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(own))) {
                throw new CMSException("the signature does not hold");
            }
        }
    }
}
