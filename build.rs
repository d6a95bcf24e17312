//! Says which folders are embedded into the binary, so that a changed text or migration is built in again.

fn main() {
    println!("cargo::rerun-if-changed=config");
    println!("cargo::rerun-if-changed=migrations");
}
