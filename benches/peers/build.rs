//! Links `libhs` where Hyperscan or Vectorscan is asked for.

fn main() {
    println!("cargo::rerun-if-env-changed=HYPERSCAN_LIB_DIR");
    if std::env::var_os("CARGO_FEATURE_HYPERSCAN").is_none() {
        return;
    }
    if let Some(folder) = std::env::var_os("HYPERSCAN_LIB_DIR") {
        println!("cargo::rustc-link-search={}", folder.display());
    }
    println!("cargo::rustc-link-lib=hs");
}
