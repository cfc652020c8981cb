use backprop::Differentiable;

#[derive(Differentiable)]
enum Shape {
    Rect { top_left: f64 },
    #[allow(non_camel_case_types)]
    Rect_top { left: f64 },
}

fn main() {}
