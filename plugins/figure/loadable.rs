//! The figure stage as a loadable library.

// A library has an allocator of its own: that of the system takes 2 % more instructions for the whole run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

copydesk_core::export_stage!(copydesk_figure::FigureStage);
