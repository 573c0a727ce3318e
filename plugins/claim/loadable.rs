//! The claim stage as a loadable library.
copydesk_core::export_stage!(copydesk_claim::ClaimStage);
