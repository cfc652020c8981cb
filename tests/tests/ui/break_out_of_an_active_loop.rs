use backprop::backprop;

#[backprop]
fn capped(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i];
        if s > 1.0 {
            break;
        }
    }
    s
}

fn main() {}
