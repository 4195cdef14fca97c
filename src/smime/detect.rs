//! What a MIME entity is, by content type and content.
