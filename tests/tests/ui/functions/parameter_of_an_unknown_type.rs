use backprop::backprop;

struct Camera {
    focal: f64,
}

#[backprop]
fn projected(camera: Camera, x: f64) -> f64 {
    x * camera.focal
}

fn main() {}
