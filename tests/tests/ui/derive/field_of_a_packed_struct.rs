use backprop::Differentiable;

#[derive(Differentiable)]
#[repr(C, packed)]
struct Record {
    kind: u8,
    value: f64,
}

fn main() {}
