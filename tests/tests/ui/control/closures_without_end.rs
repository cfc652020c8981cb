use backprop::backprop;

#[backprop]
fn doubled(x: f64) -> f64 {
    let c0 = |v: f64| v * x;
    let c1 = |v: f64| c0(v) + c0(v);
    let c2 = |v: f64| c1(v) + c1(v);
    let c3 = |v: f64| c2(v) + c2(v);
    let c4 = |v: f64| c3(v) + c3(v);
    let c5 = |v: f64| c4(v) + c4(v);
    let c6 = |v: f64| c5(v) + c5(v);
    let c7 = |v: f64| c6(v) + c6(v);
    let c8 = |v: f64| c7(v) + c7(v);
    let c9 = |v: f64| c8(v) + c8(v);
    let c10 = |v: f64| c9(v) + c9(v);
    c10(x)
}

fn main() {}
