//! Scores annotations against gold.
