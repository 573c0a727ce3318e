//! Runs copydesk pipelines.
