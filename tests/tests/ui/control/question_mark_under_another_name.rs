use backprop::backprop;

type Maybe<T> = Option<T>;

#[backprop]
fn halved(x: f64) -> Maybe<f64> {
    let y = Some(x * 2.0)?;
    Some(y / 4.0)
}

fn main() {}
