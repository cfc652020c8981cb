use backprop::backprop;

#[backprop]
fn turned(mut pair: [f64; 2]) -> f64 {
    let [first, second] = &mut pair;
    std::mem::swap(first, second);
    pair[0] * pair[1] * pair[1]
}

fn main() {}
