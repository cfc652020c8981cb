//! Enums with a derived gradient: matched and changed in place in every position, made, nested, generic.

use backprop::{Differentiable, Gradient, backprop};
use backprop_tests::check;

#[derive(Clone, Debug, PartialEq, Differentiable)]
enum Shape {
    Circle(f64),
    Rect { w: f64, h: f64 },
    Poly(Vec<f64>, usize),
    Empty,
}

fn circle() -> Shape {
    Shape::Circle(1.3)
}

fn rect() -> Shape {
    Shape::Rect { w: 2.2, h: 0.7 }
}

fn poly() -> Shape {
    Shape::Poly(vec![0.4, -1.2, 0.8], 1)
}

fn shapes() -> Vec<Shape> {
    vec![circle(), rect(), poly(), Shape::Empty]
}

#[backprop]
fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Circle(r) => 3.0 * r * r,
        Shape::Rect { w, h } if *w > 2.0 => w * 2.0 * h,
        Shape::Rect { w, h } => w * h,
        Shape::Poly(points, skipped) => {
            let mut sum = 0.0;
            for i in 0..points.len() {
                sum += points[i] * points[(i + skipped) % points.len()];
            }
            sum
        }
        Shape::Empty => 0.0,
    }
}

#[backprop]
fn grow(shape: &mut Shape, k: f64) {
    match shape {
        Shape::Circle(r) => {
            *r *= k;
            if *r > 2.0 {
                *shape = Shape::Rect { w: *r, h: k };
            }
        }
        Shape::Rect { w, .. } => *w += k * k,
        Shape::Poly(points, _) => {
            for p in points.iter_mut() {
                *p *= k;
            }
        }
        Shape::Empty => *shape = Shape::Circle(k),
    }
}

/// The variant may become another.
#[backprop]
fn grown(mut shape: Shape, k: f64) -> Shape {
    grow(&mut shape, k);
    shape
}

#[backprop]
fn consumed(shape: Shape, k: f64) -> f64 {
    if let Shape::Empty = shape {
        return k;
    }
    let sides = match shape {
        Shape::Circle(r) => vec![r, r],
        Shape::Rect { mut w, h } => {
            w += h;
            vec![w, h]
        }
        Shape::Poly(points, _) => points,
        Shape::Empty => unreachable!(),
    };
    sides[0] * sides[1] * k
}

#[test]
fn variants_behind_a_reference() {
    for shape in shapes() {
        check!(area(&shape));
    }
    check!(area(&Shape::Rect { w: 1.2, h: 0.7 }));
    check!(area(&Shape::Poly(vec![], 1)));
}

#[test]
fn variants_that_are_changed_in_place() {
    for shape in shapes() {
        check!(grown(shape.clone(), 1.4) -> _);
        check!(grown(shape, 1.7) -> _);
    }
    check!(grow(&mut circle(), 1.4) -> ());
    check!(grow(&mut rect(), 1.4) -> ());
    check!(grow(&mut poly(), 1.4) -> ());
}

#[test]
fn variants_that_are_taken_apart() {
    for shape in shapes() {
        check!(consumed(shape, 1.4));
    }
}

#[test]
fn the_gradient_is_in_the_variant_of_the_value() {
    let gradient = area::grad(&rect());
    assert_eq!(gradient, ShapeGradient::Rect { w: 1.4, h: 4.4 });
    assert_eq!(area::grad(&Shape::Poly(vec![2.0], 0)), ShapeGradient::Poly(vec![4.0], ()));
    assert_eq!(area::grad(&Shape::Empty), ShapeGradient::Empty);

    let mut sum = ShapeGradient::Rect { w: 1.0, h: 0.5 };
    sum += gradient.clone();
    sum.accumulate(&gradient);
    sum.scale(0.5);
    assert_eq!(sum, ShapeGradient::Rect { w: 1.9, h: 4.65 });
    assert!(!sum.is_zero());
    sum.set_zero();
    assert!(sum.is_zero());
    assert_eq!(sum, rect().zero_gradient());
}

#[test]
#[should_panic(expected = "the gradient `Circle` cannot be added to one that is `Rect`")]
fn gradients_of_different_variants_are_not_added() {
    rect().zero_gradient().accumulate(&circle().zero_gradient());
}

#[test]
#[should_panic(
    expected = "area::value_and_grad_into: the gradient buffer of `shape` is `Empty`, but `shape` is `Rect`"
)]
fn a_buffer_of_another_variant_is_refused() {
    area::value_and_grad_into(&rect(), &mut ShapeGradient::Empty);
}

#[test]
fn a_mismatch_names_the_way_and_the_variants() {
    let mismatch = |gradient: Vec<ShapeGradient>| shapes()[..3].shape_mismatch(&gradient).map(|m| m.to_string());
    let zeros: Vec<ShapeGradient> = shapes()[..3].iter().map(Differentiable::zero_gradient).collect();
    assert_eq!(mismatch(zeros.clone()), None);
    let mut other = zeros.clone();
    other[1] = ShapeGradient::Circle(0.0);
    let text = "the gradient is `Circle` at `[1]`, but the value is `Rect` there";
    assert_eq!(mismatch(other).unwrap(), text);
    let mut other = zeros;
    other[2] = ShapeGradient::Poly(vec![0.0], ());
    assert_eq!(mismatch(other).unwrap(), "the gradient has length 1 at `[2].0`, but the value has length 3 there");
}

#[test]
fn the_gradient_check_takes_enums() {
    for shape in shapes() {
        let claimed = area::grad(&shape);
        backprop::check::gradient(|shape: &Shape| area(shape), shape, &claimed).assert_ok();
    }
}

#[backprop]
fn in_loops(x: &[f64], rounds: usize) -> f64 {
    let mut all = vec![
        Shape::Circle(x[0]),
        Shape::Rect { w: x[1], h: x[2] },
        Shape::Poly(vec![x[0], x[1], x[2]], 1),
        Shape::Empty,
    ];
    let mut s = 0.0;
    for round in 0..rounds {
        for shape in all.iter_mut() {
            grow(shape, x[round % x.len()] + 0.5);
        }
        for shape in &all {
            s += area(shape) * (round as f64 + 1.0);
        }
        if let Shape::Circle(r) = &all[3] {
            s += r.sin();
        }
        if let Shape::Rect { w, h } = all[1]
            && w > h
        {
            s -= w * h;
        }
        let Shape::Rect { w, .. } = &mut all[1] else { panic!("it is a rectangle") };
        *w *= 0.5;
    }
    let last = all[2].clone();
    s + consumed(last, x[0]) + consumed(all[0].clone(), x[1]) + consumed(Shape::Empty, x[2])
}

#[test]
fn variants_change_in_nested_loops_and_callees() {
    check!(in_loops(&vec![0.3, 1.2, 0.5], const 0));
    check!(in_loops(&vec![0.3, 1.2, 0.5], const 1));
    check!(in_loops(&vec![0.3, 1.2, 0.5], const 4));
    check!(in_loops(&vec![1.1, 0.7, 0.9], const 3));
}

#[backprop]
fn first_side(shapes: &[Shape], least: f64) -> f64 {
    let mut skipped = 1.0;
    for shape in shapes {
        let side = match shape {
            Shape::Empty => continue,
            Shape::Circle(r) => *r,
            Shape::Rect { w, .. } => {
                if *w > 2.0 {
                    return w * skipped;
                }
                *w
            }
            Shape::Poly(..) => break,
        };
        if side > least {
            return side * skipped * least;
        }
        skipped *= side;
    }
    skipped
}

#[test]
fn variants_beside_early_exits() {
    check!(first_side(&shapes(), 0.5));
    check!(first_side(&shapes(), 1.5));
    check!(first_side(&vec![circle(), Shape::Empty, Shape::Rect { w: 1.5, h: 0.2 }, circle()], 1.9));
    check!(first_side(&vec![circle(), poly(), rect()], 1.9));
    check!(first_side(&Vec::<Shape>::new(), 1.9));
}

#[backprop]
fn made_by_branch(x: f64, y: f64) -> Shape {
    if x > y {
        Shape::Circle(x * y)
    } else if x > 0.0 {
        let side = x + y;
        Shape::Rect { w: side, h: side * y }
    } else {
        Shape::Empty
    }
}

#[backprop]
fn made_and_used(x: f64, y: f64) -> f64 {
    let mut shape = made_by_branch(x, y);
    let before = area(&shape);
    grow(&mut shape, y);
    before + area(&shape) * x
}

#[test]
fn a_result_is_an_enum() {
    for (x, y) in [(1.4, 0.3), (0.6, 0.9), (-0.4, 0.9)] {
        check!(made_by_branch(x, y) -> _);
        check!(made_and_used(x, y));
    }
}

#[backprop]
fn overwritten(shape: &mut Shape, x: f64) -> f64 {
    let before = area(shape);
    if x > 0.0 {
        *shape = Shape::Rect { w: x, h: before };
    }
    let between = match shape {
        Shape::Rect { w, h } => {
            *h *= *w;
            let kept = *h;
            *h = x;
            kept
        }
        _ => x,
    };
    *shape = Shape::Circle(between);
    before * between
}

#[backprop]
fn overwritten_twice(mut shape: Shape, x: f64) -> (f64, Shape) {
    let once = overwritten(&mut shape, x);
    let twice = overwritten(&mut shape, once);
    (once * twice, shape)
}

#[test]
fn overwritten_variants() {
    for shape in shapes() {
        check!(overwritten_twice(shape.clone(), 0.6) -> _);
        check!(overwritten_twice(shape, -0.6) -> _);
    }
    check!(overwritten(&mut circle(), 0.6));
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
enum Law {
    Linear(f64),
    Mixed(Shape, Option<Shape>),
    Scaled { by: f64, law: Box<Law> },
}

#[backprop]
fn plain_law(law: &Law, x: f64) -> f64 {
    match law {
        Law::Linear(k) => k * x,
        Law::Mixed(shape, None) => area(shape) * x,
        Law::Mixed(Shape::Circle(r), Some(Shape::Rect { w, .. })) => r * w * x,
        Law::Mixed(shape, Some(other)) => area(shape) + x * area(other),
        Law::Scaled { by, .. } => *by,
    }
}

#[backprop]
fn law(law: &Law, x: f64) -> f64 {
    match law {
        Law::Scaled { by, law } => by * x * plain_law(law, x),
        other => plain_law(other, x),
    }
}

fn scaled(law: Law) -> Law {
    Law::Scaled { by: 0.8, law: Box::new(law) }
}

#[test]
fn an_enum_holds_others() {
    let laws = [
        Law::Linear(0.4),
        Law::Mixed(rect(), None),
        Law::Mixed(circle(), Some(rect())),
        Law::Mixed(poly(), Some(circle())),
        Law::Mixed(Shape::Empty, Some(circle())),
    ];
    for one in laws {
        check!(law(&one, 1.3));
        check!(law(&scaled(one), 1.3));
    }
    check!(law(&scaled(scaled(Law::Linear(0.4))), 1.3));
}

#[derive(Clone, Debug, Differentiable)]
struct Thing {
    shape: Shape,
    more: Vec<Shape>,
    lid: Option<Box<Shape>>,
    mass: f64,
}

#[backprop]
fn weight(thing: &Thing) -> f64 {
    let mut sum = match &thing.shape {
        Shape::Circle(r) => r * thing.mass,
        other => area(other),
    };
    for shape in &thing.more {
        if let Shape::Rect { w, h } = shape {
            sum += w * h * thing.mass;
        }
    }
    if let Some(lid) = &thing.lid {
        sum *= area(lid);
    }
    sum
}

#[backprop]
fn worn(thing: &mut Thing, k: f64) {
    if let Shape::Circle(r) = &mut thing.shape {
        *r *= k * thing.mass;
    }
    for shape in thing.more.iter_mut() {
        grow(shape, k);
    }
    thing.shape = match &thing.shape {
        Shape::Circle(r) => Shape::Rect { w: *r, h: thing.mass },
        _ => Shape::Circle(thing.mass),
    };
}

#[backprop]
fn weight_of_worn(mut thing: Thing, k: f64) -> f64 {
    worn(&mut thing, k);
    let before = weight(&thing);
    worn(&mut thing, before);
    weight(&thing) * before
}

#[test]
fn enums_in_structs() {
    for shape in shapes() {
        let with = |lid| Thing { shape: shape.clone(), more: shapes(), lid, mass: 0.7 };
        check!(weight(&with(None)));
        check!(weight(&with(Some(Box::new(rect())))));
        check!(weight_of_worn(with(Some(Box::new(rect()))), 1.2), within 1e-7);
    }
}

#[derive(Clone, Debug, Differentiable)]
enum Either<A, B> {
    Left(A),
    Both { left: A, right: B },
}

#[backprop]
fn either(value: &Either<f64, Vec<Shape>>, k: f64) -> f64 {
    match value {
        Either::Left(x) => x * k,
        Either::Both { left, right } => {
            let mut sum = *left;
            for shape in right {
                sum += area(shape) * k;
            }
            sum
        }
    }
}

#[test]
fn a_generic_enum() {
    check!(either(&Either::<f64, Vec<Shape>>::Left(0.6), 1.2));
    check!(either(&Either::Both { left: 0.6, right: shapes() }, 1.2));
    let gradient = either::grad(&Either::Both { left: 0.6, right: vec![Shape::Circle(1.0)] }, 2.0).0;
    assert_eq!(gradient, EitherGradient::Both { left: 1.0, right: vec![ShapeGradient::Circle(12.0)] });
    assert_eq!(format!("{gradient:?}"), "Both { left: 1.0, right: [Circle(12.0)] }");
}

mod imported {
    use super::Shape::*;
    use super::{Shape, backprop, check, circle, shapes};

    #[derive(Clone, Debug, backprop::Differentiable)]
    struct Point {
        x: f64,
        y: f64,
    }

    #[backprop]
    fn halved(shape: &mut Shape) {
        match shape {
            Circle(r) => *r *= 0.5,
            Rect { w, h } => {
                let kept = *w;
                *w = *h * 0.5;
                *h = kept * kept;
            }
            Poly(..) => *shape = Empty,
            Empty => *shape = Poly(vec![0.5], 0),
        }
    }

    #[backprop]
    fn halved_twice(mut shape: Shape) -> Shape {
        halved(&mut shape);
        halved(&mut shape);
        shape
    }

    #[backprop]
    fn by_a_point(shape: &Shape, p: &Point) -> f64 {
        match (shape, p) {
            (Circle(r), Point { x, .. }) => r * x,
            (Rect { w, .. }, Point { x, y }) if x > y => w * y,
            (_, Point { y, .. }) => y * y,
        }
    }

    #[test]
    fn variants_by_their_own_names() {
        for shape in shapes() {
            check!(halved_twice(shape.clone()) -> _);
            check!(by_a_point(&shape, &Point { x: 0.4, y: 0.3 }));
            check!(by_a_point(&shape, &Point { x: 0.2, y: 0.3 }));
        }
        assert_eq!(circle(), Circle(1.3));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
enum Kind {
    Square,
    Cube,
}

#[derive(Clone, Debug, Differentiable)]
enum Term {
    Power { of: f64, kind: Kind },
    Damped(f64, #[constant] f64),
    Named(String),
}

#[backprop]
fn term(term: &Term, kind: Kind, x: f64) -> f64 {
    let own = match term {
        Term::Power { of, kind: Kind::Square } => of * of,
        Term::Power { of, kind } => {
            let factor = if *kind == Kind::Cube { of * of } else { *of };
            of * factor
        }
        Term::Damped(of, rate) => of * rate * x,
        Term::Named(name) => x * name.len() as f64,
    };
    match kind {
        Kind::Square => own * x,
        Kind::Cube => own * x * x,
    }
}

#[test]
fn what_cannot_vary_inside() {
    let (value, (by_term, by_kind, by_x)) = term::value_and_grad(&Term::Damped(1.5, 0.5), Kind::Cube, 2.0);
    assert_eq!((value, by_kind, by_x), (6.0, (), 9.0));
    assert_eq!(by_term, TermGradient::Damped(4.0, ()));
    for kind in [Kind::Square, Kind::Cube] {
        check!(term(&Term::Power { of: 0.4, kind }, kind, 1.2));
        check!(term(&Term::Damped(0.4, 0.3), kind, 1.2));
        check!(term(&Term::Named("name".to_owned()), kind, 1.2));
    }
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
enum Fixed {
    Soft,
    Hard(#[constant] f64),
    Both(#[constant] f64, usize),
}

#[backprop]
fn by_fixed(fixed: &Fixed, x: f64) -> f64 {
    let kept = fixed.clone();
    match &kept {
        Fixed::Soft => x * x,
        Fixed::Hard(k) => x * k,
        Fixed::Both(k, n) => x * k * x * *n as f64,
    }
}

#[test]
fn an_enum_of_constants() {
    for fixed in [Fixed::Soft, Fixed::Hard(1.7), Fixed::Both(0.3, 3)] {
        let (by_fixed, by_x) = by_fixed::grad(&fixed, 1.2);
        assert!(by_fixed.is_zero());
        backprop::check::gradient(|x: &f64| self::by_fixed(&fixed, *x), 1.2, &by_x).assert_ok();
    }
}
