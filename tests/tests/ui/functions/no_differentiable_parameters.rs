use backprop::backprop;

#[backprop]
fn table(n: usize, name: &str, flag: bool) -> f64 {
    if flag { n as f64 } else { name.len() as f64 }
}

fn main() {}
