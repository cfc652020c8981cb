use backprop::backprop;

#[backprop]
fn larger<'a>(mut a: &'a [f64], mut b: &'a [f64]) -> f64 {
    if a[0] < b[0] {
        std::mem::swap(&mut a, &mut b);
    }
    a[0] * a[0]
}

fn main() {}
