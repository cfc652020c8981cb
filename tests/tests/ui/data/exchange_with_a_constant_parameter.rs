use backprop::backprop;

#[backprop]
fn exchanged(x: &mut Vec<f64>, #[constant] table: &mut Vec<f64>) -> f64 {
    std::mem::swap(x, table);
    x[0] * x[0]
}

fn main() {}
