//! The syntax stage as a loadable library.
copydesk_core::export_stage!(copydesk_syntax::SyntaxStage);
