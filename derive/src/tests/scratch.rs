#[test]
fn scratch() {
    let text = std::fs::read_to_string("/tmp/scratch.rs").unwrap();
    println!("{}", super::expansion("", &text));
}
