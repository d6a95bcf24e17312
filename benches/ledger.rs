//! How many `/give` a second reach the disk, beside what the driver and plain SQLite can do; and what a statement costs as the
//! ledger grows. `cargo bench --bench ledger [gifts|growth|all] [TRANSFERS]`; the databases are made in `TMPDIR` and removed.

#[path = "../tests/support/desk.rs"]
mod desk;
#[path = "ledger/floor.rs"]
mod floor;
#[path = "ledger/gifts.rs"]
mod gifts;
#[path = "ledger/growth.rs"]
mod growth;

/// The most transfers of the large ledger, unless another number is given.
const TRANSFERS: i64 = 10_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let what = words.iter().find(|word| word.parse::<i64>().is_err()).map_or("all", String::as_str);
    let transfers = words.iter().find_map(|word| word.parse().ok()).unwrap_or(TRANSFERS);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load before: {}", load.trim());
    // One thread, as `entraide run` has.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        if matches!(what, "gifts" | "all") {
            gifts::measure().await?;
        }
        if matches!(what, "growth" | "all") {
            growth::measure(transfers).await?;
        }
        Ok(())
    })
}
