use backprop::backprop;

#[backprop]
fn passed_on(x: f64, y: f64) -> f64 {
    let times_x = |v: f64| v * x;
    let other = times_x;
    other(y) + times_x(1.0)
}

#[backprop]
fn left_early(x: f64) -> f64 {
    let clipped = |v: f64| {
        if v > 1.0 {
            return 1.0;
        }
        v * x
    };
    clipped(x) + clipped(0.5)
}

#[backprop]
fn moved(x: f64) -> f64 {
    let mut k = x;
    let scaled = move |v: f64| v * k;
    k *= 2.0;
    scaled(x) + k
}

fn main() {}
