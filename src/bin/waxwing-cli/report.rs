//! A report for people.

use std::io;

use waxwing::report::{
    Attachment, Code, Finding, Layer, LayerKind, Privacy, Rank, RecipientReport, Report, SignerReport, Tone,
};
use waxwing::text::{self, Statement, tr};

use crate::paper::{Label, Paper};

/// How far what belongs to a layer is indented.
const INSIDE: usize = 4;

/// More attachments than this are counted, not listed.
const MOST_ATTACHMENTS: usize = 20;

/// Labels in one column.
struct Labels {
    signature: String,
    privacy: String,
    from: String,
    subject: String,
    layers: String,
    attachments: String,
    width: usize,
}

impl Labels {
    fn new() -> Self {
        let mut labels = Self {
            signature: tr!("cli-signature"),
            privacy: tr!("cli-privacy"),
            from: tr!("desk-field-from"),
            subject: tr!("desk-field-subject"),
            layers: tr!("cli-layers"),
            attachments: tr!("cli-attachments"),
            width: 0,
        };
        let all =
            [&labels.signature, &labels.privacy, &labels.from, &labels.subject, &labels.layers, &labels.attachments];
        labels.width = all.into_iter().map(|label| console::measure_text_width(label)).max().unwrap_or(0) + 2;
        labels
    }
}

/// Prints all that was found in a message.
pub fn print(paper: &mut Paper, report: &Report) -> io::Result<()> {
    let labels = Labels::new();
    let width = labels.width;
    paper.heading(&report.file)?;
    let signature = text::signature(report);
    statement(paper, &labels.signature, width, report.signature.code(), &signature, report.signature.tone())?;
    let privacy = text::privacy(report);
    statement(paper, &labels.privacy, width, report.privacy.code(), &privacy, report.privacy.tone())?;
    let mut field = |label: &str, value: &str| {
        if value.is_empty() { Ok(()) } else { paper.labelled(2, &Label { text: label, width }, value, Tone::Neutral) }
    };
    field(&labels.from, &report.from.join(", "))?;
    field(&labels.subject, &report.subject)?;
    let sealed = report.layers.iter().any(|layer| layer.kind != LayerKind::Plain || says_more(layer));
    let mut label = labels.layers.as_str();
    for layer in report.layers.iter().filter(|_| sealed) {
        for line in describe(layer) {
            paper.labelled(2, &Label { text: label, width }, &line, Tone::Neutral)?;
            label = "";
        }
        inside(paper, width, layer, &report.from)?;
    }
    let mut label = labels.attachments.as_str();
    for line in attachments(&report.attachments) {
        paper.labelled(2, &Label { text: label, width }, &line, Tone::Neutral)?;
        label = "";
    }
    Ok(())
}

/// Whether there is something to say about a layer that neither signs nor encrypts.
fn says_more(layer: &Layer) -> bool {
    let telling =
        [Code::Checksum, Code::ChecksumDiffers, Code::UnsupportedAlgorithm, Code::MissingContent, Code::NoHeader];
    layer.findings.iter().any(|finding| telling.contains(&finding.code))
}

fn statement(
    paper: &mut Paper,
    label: &str,
    width: usize,
    code: &str,
    statement: &Statement,
    tone: Tone,
) -> io::Result<()> {
    paper.labelled(2, &Label { text: label, width }, &format!("{} [{code}]", statement.title), tone)?;
    let below = Label { text: "", width };
    if !statement.why.is_empty() {
        paper.labelled(2, &below, &statement.why, Tone::Neutral)?;
    }
    match &statement.todo {
        Some(todo) => paper.labelled(2, &below, &format!("→ {todo}"), Tone::Neutral),
        None => Ok(()),
    }
}

/// How a layer was made.
fn describe(layer: &Layer) -> Vec<String> {
    let part = if layer.covers == waxwing::report::Covers::Part { tr!("desk-layer-part") + " " } else { String::new() };
    let lines = match layer.kind {
        LayerKind::ClearSigned | LayerKind::OpaqueSigned if layer.signers.is_empty() => {
            vec![tr!("cli-layer-signed-unreadable")]
        }
        LayerKind::ClearSigned | LayerKind::OpaqueSigned => layer.signers.iter().map(signed).collect(),
        LayerKind::Enveloped | LayerKind::AuthEnveloped => {
            let cipher = text::method(layer.cipher.as_deref().unwrap_or_default());
            vec![tr!("desk-layer-encrypted", cipher = cipher, count = layer.recipients.len())]
        }
        LayerKind::Compressed => vec![tr!("desk-layer-compressed")],
        LayerKind::CertsOnly => vec![tr!("desk-layer-certificates")],
        LayerKind::Plain => vec![tr!("desk-layer-plain")],
    };
    lines.into_iter().map(|line| format!("{part}{line}")).collect()
}

fn signed(signer: &SignerReport) -> String {
    let methods = [&signer.algorithm, &signer.digest];
    let methods: Vec<String> =
        methods.into_iter().filter(|code| !code.is_empty()).map(|code| text::method(code)).collect();
    tr!("desk-layer-signed", name = text::named(signer), method = methods.join(", "))
}

/// Signers, recipients and findings of a layer.
fn inside(paper: &mut Paper, width: usize, layer: &Layer, from: &[String]) -> io::Result<()> {
    let mut line =
        |text: &str| paper.labelled(2 + width + INSIDE - 2, &Label { text: "", width: 0 }, text, Tone::Neutral);
    let several = layer.signers.len() > 1;
    for signer in &layer.signers {
        if several {
            line(&format!(
                "{}: {} [{}]",
                text::named(signer),
                text::signer(signer, from).title,
                signer.verdict.code()
            ))?;
        }
        if !signer.addresses.is_empty() {
            line(&signer.addresses.join(", "))?;
        }
        if let Some(certificate) = &signer.certificate {
            line(&tr!("wallet-issued-by", issuer = certificate.issuer_name.as_str()))?;
            let validity = tr!(
                "window-from-to",
                from = text::report_day(&certificate.not_before),
                to = text::report_day(&certificate.not_after)
            );
            line(&format!("{}: {validity}", tr!("certificate-validity")))?;
            line(&format!("{}: {}", tr!("certificate-fingerprint"), certificate.sha256))?;
        }
        if let Some(time) = &signer.signing_time {
            line(&format!(
                "{}: {}",
                tr!("desk-check-time"),
                tr!("desk-time-claimed", moment = text::report_moment(time))
            ))?;
        }
        signer.findings.iter().try_for_each(|finding| line(&noticed(finding)))?;
    }
    let opened = !matches!(layer.privacy, Privacy::None);
    for recipient in layer.recipients.iter().filter(|_| opened) {
        line(&reader(recipient))?;
    }
    layer.findings.iter().try_for_each(|finding| line(&noticed(finding)))
}

fn reader(recipient: &RecipientReport) -> String {
    let who = text::reader(recipient);
    let mine = if recipient.mine { format!(" · {}", tr!("cli-mine")) } else { String::new() };
    format!("{} {who} · {}{mine}", tr!("cli-for"), text::method(&recipient.algorithm))
}

fn noticed(finding: &Finding) -> String {
    let mark = match finding.rank() {
        Rank::Error => "✗",
        Rank::Warning => "!",
        Rank::Note => "·",
    };
    format!("{mark} {} [{}]", text::finding(finding), finding.code.as_str())
}

fn attachments(all: &[Attachment]) -> Vec<String> {
    let listed = all.iter().take(MOST_ATTACHMENTS);
    let mut lines: Vec<String> = listed
        .map(|it| format!("{} ({}, {})", it.name, it.media_type, tr!("window-size-bytes", count = it.size)))
        .collect();
    let more = all.len().saturating_sub(MOST_ATTACHMENTS);
    lines.extend((more > 0).then(|| tr!("desk-attachments-more", count = more)));
    lines
}
