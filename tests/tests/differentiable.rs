//! What `#[derive(Differentiable)]` makes of every kind of type: gradients of the same shape, and all that they can do.
//!
//! That functions can be differentiated by such types is tested in `gradients/`.

#![deny(missing_docs, warnings)]

use backprop::components::{Components, Path};
use backprop::{Differentiable, Gradient, Shape as ShapeOf};
use std::fmt::Debug;

/// The paths of all floats.
fn paths(value: &dyn Components) -> Vec<String> {
    let mut paths = Vec::new();
    value.visit(&mut Path::new(), &mut |path, _| paths.push(path.to_string()));
    paths
}

/// Holds everything that each gradient promises, at zeros of the shape of `value` and at numbers in their place.
fn assert_gradient_of<T>(value: &T, text_of_zeros: &str)
where
    T: Differentiable<Adjoint = <T as Differentiable>::Gradient> + Components,
    T::Gradient: Clone + Debug + PartialEq,
{
    let zeros = value.zero_gradient();
    assert_eq!(format!("{zeros:?}"), text_of_zeros);
    assert!(zeros.is_zero());
    assert_eq!(value.shape_mismatch(&zeros), None);
    assert_eq!(paths(value), paths(&zeros));
    assert_eq!(zeros.to_flat(), vec![0.0; value.component_count()]);

    let numbers: Vec<f64> = (1..=value.component_count()).map(|i| i as f64).collect();
    let mut sum = zeros.clone();
    sum.copy_from_flat(&numbers);
    assert_eq!(sum.to_flat(), numbers);
    assert_eq!(sum == zeros, numbers.is_empty());
    assert_eq!(sum.is_zero(), numbers.is_empty());
    let term = sum.clone();
    assert_eq!(term, sum);
    sum.accumulate(&term);
    sum.scale(1.5);
    assert_eq!(sum.to_flat(), numbers.iter().map(|number| 3.0 * number).collect::<Vec<_>>());
    sum.set_zero();
    assert_eq!(sum, zeros);
}

mod enums {
    use super::*;

    #[derive(Clone, Debug, Differentiable)]
    enum Shape {
        Circle(f64),
        Rect { w: f64, h: f64 },
        Path(Vec<[f64; 2]>, Kind, usize),
        Empty,
    }

    #[derive(Clone, Copy, Debug, Differentiable)]
    enum Kind {
        Open,
        Closed,
    }

    #[derive(Clone, Debug, Differentiable)]
    struct Drawing {
        shapes: Vec<Shape>,
        kind: Kind,
        fill: Option<Box<Shape>>,
    }

    #[derive(Differentiable)]
    enum Nested<T, const N: usize> {
        Leaf([T; N]),
        #[expect(dead_code)]
        Node {
            left: Box<Nested<T, N>>,
            right: Box<Self>,
            #[constant]
            depth: f64,
        },
    }

    #[derive(Differentiable)]
    enum One {
        Only { x: f64 },
    }

    #[derive(Differentiable)]
    enum Never {}

    #[test]
    fn a_gradient_has_the_variant_of_its_value() {
        assert_gradient_of(&Shape::Circle(2.0), "Circle(0.0)");
        assert_gradient_of(&Shape::Rect { w: 1.0, h: 2.0 }, "Rect { w: 0.0, h: 0.0 }");
        assert_gradient_of(&Shape::Path(vec![[1.0, 2.0]], Kind::Open, 3), "Path([[0.0, 0.0]], (), ())");
        assert_gradient_of(&Shape::Empty, "Empty");
        assert_gradient_of(&One::Only { x: 1.0 }, "Only { x: 0.0 }");
        let One::Only { x } = One::Only { x: 1.0 };
        assert_eq!(x, 1.0);
    }

    #[test]
    fn generic_enums_have_generic_gradients() {
        let leaf = || Box::new(Nested::Leaf([1.0, 2.0]));
        assert_gradient_of(&*leaf(), "Leaf([0.0, 0.0])");
        let node = Nested::Node { left: leaf(), right: leaf(), depth: 1.0 };
        assert_gradient_of(&node, "Node { left: Leaf([0.0, 0.0]), right: Leaf([0.0, 0.0]), depth: () }");
        assert_eq!(paths(&node), [".left.0[0]", ".left.0[1]", ".right.0[0]", ".right.0[1]"]);
    }

    #[test]
    fn what_has_no_fields_has_no_gradient() {
        assert_gradient_of(&Kind::Closed, "()");
        let () = Kind::Open.zero_gradient();
        let _ = |never: &Never| -> () { never.zero_gradient() };
    }

    #[test]
    fn enums_stand_in_other_types() {
        let drawing = Drawing {
            shapes: vec![Shape::Rect { w: 1.0, h: 2.0 }, Shape::Empty],
            kind: Kind::Open,
            fill: Some(Box::new(Shape::Circle(1.0))),
        };
        let zeros = "DrawingGradient { shapes: [Rect { w: 0.0, h: 0.0 }, Empty], kind: (), fill: Some(Circle(0.0)) }";
        assert_gradient_of(&drawing, zeros);
        assert_eq!(paths(&drawing), [".shapes[0].w", ".shapes[0].h", ".fill?.0"]);
    }

    #[test]
    fn a_mismatch_names_both_variants() {
        let drawing = Drawing { shapes: vec![Shape::Empty, Shape::Circle(1.0)], kind: Kind::Open, fill: None };
        let mut gradient = drawing.zero_gradient();
        gradient.shapes[1] = ShapeGradient::Rect { w: 0.0, h: 0.0 };
        let mismatch = drawing.shape_mismatch(&gradient).expect("the variants differ");
        assert_eq!(
            (mismatch.expected.clone(), mismatch.found.clone()),
            (ShapeOf::Variant("Circle"), ShapeOf::Variant("Rect"))
        );
        assert_eq!(mismatch.to_string(), "the gradient is `Rect` at `.shapes[1]`, but the value is `Circle` there");

        let path = Shape::Path(vec![[0.0; 2]], Kind::Open, 0);
        let mismatch = path.shape_mismatch(&ShapeGradient::Path(vec![], (), ())).expect("the lengths differ");
        assert_eq!(mismatch.to_string(), "the gradient has length 0 at `.0`, but the value has length 1 there");
    }

    #[test]
    #[should_panic(expected = "the gradient `Rect` cannot be added to one that is `Circle`")]
    fn different_variants_are_not_added() {
        let mut sum = ShapeGradient::Circle(1.0);
        sum += ShapeGradient::Rect { w: 1.0, h: 1.0 };
    }

    #[test]
    fn payloads_are_reached_by_name() {
        let mut gradient = Shape::Rect { w: 1.0, h: 2.0 }.zero_gradient();
        *gradient.__payload_Rect_h() += 2.0;
        assert_eq!(gradient, ShapeGradient::Rect { w: 0.0, h: 2.0 });
        let mut gradient = Shape::Path(vec![[1.0; 2]], Kind::Open, 3).zero_gradient();
        gradient.__payload_Path_0()[0][1] = 1.0;
        let (): &mut () = gradient.__payload_Path_1();
        let (): &mut () = gradient.__payload_Path_2();
        assert_eq!(gradient.to_flat(), [0.0, 1.0]);
        let mut gradient = Nested::Leaf([1.0_f32]).zero_gradient();
        *gradient.__payload_Leaf_0() = [2.0];
        assert_eq!(gradient, NestedGradient::Leaf([2.0]));
        let _ = |gradient: &mut NestedGradient<f64, 1>| -> () { *gradient.__payload_Node_depth() };
    }

    #[test]
    #[should_panic(
        expected = "internal error in code generated by `#[backprop]`: an adjoint is `Circle` where its value \
                               is `Rect`; please report it"
    )]
    fn a_payload_of_another_variant_is_not_made_up() {
        ShapeGradient::Circle(1.0).__payload_Rect_w();
    }
}

mod structs {
    use super::*;
    use std::marker::PhantomData;
    use std::ops::AddAssign;

    #[derive(Clone, Differentiable)]
    struct Everything {
        float: f32,
        array: [[f64; 2]; 2],
        vec: Vec<Part>,
        option: Option<Part>,
        none: Option<f64>,
        boxed: Box<Part>,
        result: Result<f64, String>,
        tuple: (f64, (usize, Part)),
        unit: Unit,
        empty: (),
        text: String,
    }

    #[derive(Clone, Debug, Differentiable)]
    struct Part(f64, Vec<f64>);

    #[derive(Clone, Debug, Differentiable)]
    struct Unit;

    #[derive(Differentiable)]
    struct Braces {}

    #[test]
    fn fields_of_every_shape() {
        let part = || Part(1.0, vec![2.0]);
        let everything = Everything {
            float: 1.0,
            array: [[1.0; 2]; 2],
            vec: vec![part(), part()],
            option: Some(part()),
            none: None,
            boxed: Box::new(part()),
            result: Ok(1.0),
            tuple: (1.0, (2, part())),
            unit: Unit,
            empty: (),
            text: "text".to_owned(),
        };
        let part = "PartGradient(0.0, [0.0])";
        let zeros = format!(
            "EverythingGradient {{ float: 0.0, array: [[0.0, 0.0], [0.0, 0.0]], vec: [{part}, {part}], \
             option: Some({part}), none: None, boxed: {part}, result: Some(0.0), tuple: (0.0, ((), {part})), \
             unit: (), empty: (), text: () }}"
        );
        assert_gradient_of(&everything, &zeros);
        assert_gradient_of(
            &Everything { result: Err("no".into()), ..everything },
            &zeros.replace("result: Some(0.0)", "result: None"),
        );
        assert_gradient_of(&Unit, "()");
        assert_gradient_of(&Braces {}, "()");
    }

    #[derive(Differentiable)]
    struct Bounded<'a, T: Debug + 'a, U, const N: usize, const M: usize>
    where
        T: Copy,
        U: Into<f64>,
        [T; N]: Debug,
    {
        of: [T; N],
        #[constant]
        by: &'a [U; M],
        #[constant]
        f: fn(T) -> U,
    }

    #[test]
    fn parameters_that_only_constant_fields_use_are_left_out() {
        let bounded = Bounded { of: [1.0_f64, 2.0], by: &[1.0_f32, 2.0, 3.0], f: |x| x as f32 };
        assert_eq!((bounded.by.len(), (bounded.f)(1.0)), (3, 1.0));
        assert_gradient_of(&bounded, "BoundedGradient { of: [0.0, 0.0], by: (), f: () }");
        let _: BoundedGradient<f64, 2> = bounded.zero_gradient();
    }

    trait Model {
        type Weights;
        type Noise;
    }

    struct Linear;

    impl Model for Linear {
        type Weights = Vec<f64>;
        type Noise = f32;
    }

    #[derive(Differentiable)]
    struct Trained<M: Model, T = f64> {
        weights: Option<M::Weights>,
        noise: <M as Model>::Noise,
        model: PhantomData<M>,
        rest: Vec<T>,
    }

    #[test]
    fn associated_types_are_asked_to_be_differentiable() {
        let trained = Trained { weights: Some(vec![1.0]), noise: 1.0, model: PhantomData::<Linear>, rest: vec![2.0] };
        let zeros = trained.zero_gradient();
        assert_eq!(
            format!("{zeros:?}"),
            "TrainedGradient { weights: Some([0.0]), noise: 0.0, model: (), rest: [0.0] }"
        );
        assert_eq!(zeros, zeros.clone());
    }

    #[derive(Differentiable)]
    struct Metres<U> {
        number: f64,
        unit: PhantomData<U>,
    }

    #[test]
    fn a_phantom_asks_nothing_of_its_parameter() {
        struct NotDifferentiable;
        let length = Metres { number: 1.0, unit: PhantomData::<NotDifferentiable> };
        let _ = length.unit;
        assert_gradient_of(&length, "MetresGradient { number: 0.0, unit: () }");
    }

    #[derive(Differentiable)]
    struct List<T> {
        head: T,
        tail: Option<Box<List<T>>>,
    }

    #[derive(Differentiable)]
    struct Tree {
        value: f64,
        children: Vec<Self>,
    }

    #[test]
    fn types_hold_themselves() {
        let list = List { head: 1.0, tail: Some(Box::new(List { head: 2.0, tail: None })) };
        assert_gradient_of(&list, "ListGradient { head: 0.0, tail: Some(ListGradient { head: 0.0, tail: None }) }");
        assert_eq!(paths(&list), [".head", ".tail?.head"]);
        let leaf = || Tree { value: 1.0, children: vec![] };
        let tree = Tree { value: 1.0, children: vec![leaf(), leaf()] };
        assert_eq!(tree.zero_gradient().children[1].value, 0.0);
        assert_eq!(paths(&tree), [".value", ".children[0].value", ".children[1].value"]);
    }

    /// Types that hold each other, behind a name that does not show it.
    type Body = Option<Box<Block>>;

    #[derive(Differentiable)]
    struct Block {
        scale: f64,
        branches: Vec<Branch>,
    }

    #[derive(Differentiable)]
    struct Branch {
        body: Body,
        weight: f64,
    }

    #[test]
    fn types_hold_each_other() {
        let inner = Block { scale: 1.0, branches: vec![] };
        let block = Block { scale: 1.0, branches: vec![Branch { body: Some(Box::new(inner)), weight: 2.0 }] };
        assert_eq!(paths(&block), [".scale", ".branches[0].body?.scale", ".branches[0].weight"]);
        let mut gradient = block.zero_gradient();
        gradient += block.zero_gradient();
        assert_eq!(gradient, gradient.clone());
    }

    /// Fields that are called like the variables of generated code.
    #[derive(Differentiable)]
    #[expect(non_snake_case)]
    struct Named {
        path: f64,
        visit: f64,
        adjoint: f64,
        mismatch: f64,
        other: f64,
        self_: f64,
        factor: f64,
        f: f64,
        r#type: f64,
        W: f64,
    }

    #[derive(Differentiable)]
    #[expect(non_camel_case_types, non_snake_case)]
    enum r#enum {
        r#in { path: f64, visit: f64, adjoint: f64, mismatch: f64, other: f64, self_: f64, value: f64, gradient: f64 },
        r#fn { factor: f64, payload: f64, f: f64, r#type: f64, sum: f64, term: f64, W: f64, path_: f64 },
    }

    #[test]
    fn fields_have_any_name() {
        let named = Named {
            path: 1.0,
            visit: 1.0,
            adjoint: 1.0,
            mismatch: 1.0,
            other: 1.0,
            self_: 1.0,
            factor: 1.0,
            f: 1.0,
            r#type: 1.0,
            W: 1.0,
        };
        let zeros = "NamedGradient { path: 0.0, visit: 0.0, adjoint: 0.0, mismatch: 0.0, other: 0.0, self_: 0.0, \
                     factor: 0.0, f: 0.0, type: 0.0, W: 0.0 }";
        assert_gradient_of(&named, zeros);
        assert_eq!(paths(&named)[8], ".type");
        assert_eq!(named.zero_gradient(), NamedGradient::default());
    }

    #[test]
    fn variants_and_their_fields_have_any_name() {
        let value = r#enum::r#in {
            path: 1.0,
            visit: 1.0,
            adjoint: 1.0,
            mismatch: 1.0,
            other: 1.0,
            self_: 1.0,
            value: 1.0,
            gradient: 1.0,
        };
        let zeros = "in { path: 0.0, visit: 0.0, adjoint: 0.0, mismatch: 0.0, other: 0.0, self_: 0.0, value: 0.0, \
                     gradient: 0.0 }";
        assert_gradient_of(&value, zeros);
        let value =
            r#enum::r#fn { factor: 1.0, payload: 1.0, f: 1.0, r#type: 1.0, sum: 1.0, term: 1.0, W: 1.0, path_: 1.0 };
        let mut gradient = value.zero_gradient();
        *gradient.__payload_fn_type() += 1.0;
        *gradient.__payload_fn_W() += 1.0;
        *gradient.__payload_fn_payload() += 1.0;
        assert_eq!(gradient.to_flat(), [0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn gradients_are_added_by_an_operator() {
        fn twice<G: Gradient + AddAssign + Clone>(gradient: &G) -> G {
            let mut sum = gradient.clone();
            sum += gradient.clone();
            sum
        }
        assert_eq!(twice(&PartGradient(1.0, vec![2.0])), PartGradient(2.0, vec![4.0]));
        let list = List { head: 1.0, tail: None };
        assert!(twice(&list.zero_gradient()).is_zero());
    }
}

mod own {
    use super::*;
    use std::marker::PhantomData;

    #[derive(Clone, Copy, Debug, Default, PartialEq, Differentiable)]
    #[differentiable(gradient = Self)]
    struct Vec2 {
        x: f64,
        y: f64,
    }

    impl std::ops::AddAssign for Vec2 {
        fn add_assign(&mut self, other: Self) {
            self.x += other.x;
            self.y += other.y;
        }
    }

    #[derive(Clone, Debug, PartialEq, Differentiable)]
    #[differentiable(gradient = Self)]
    struct Body(Vec2, [Vec2; 2], Option<Box<Vec2>>, (f32, ()), Vec<Vec<f64>>);

    #[derive(Clone, Debug, PartialEq, Differentiable)]
    #[differentiable(gradient = Self)]
    struct Interval<T, U> {
        from: T,
        to: T,
        unit: PhantomData<U>,
    }

    #[derive(Clone, Debug, PartialEq, Differentiable)]
    #[differentiable(gradient = Self)]
    enum Colour {
        Grey(f64),
        Rgb { r: f64, g: f64, b: f64 },
        Black,
    }

    #[derive(Clone, Debug, PartialEq, Differentiable)]
    #[differentiable(gradient = Self)]
    struct Tree {
        value: f64,
        children: Vec<Self>,
        other: Option<Box<Tree>>,
    }

    fn assert_own<T: Differentiable<Gradient = T, Adjoint = T> + Components + Clone + Debug + PartialEq>(
        value: &T,
        text_of_zeros: &str,
    ) {
        assert_gradient_of(value, text_of_zeros);
    }

    #[test]
    fn a_type_is_its_own_gradient() {
        let v = Vec2 { x: 1.0, y: 2.0 };
        assert_own(&v, "Vec2 { x: 0.0, y: 0.0 }");
        let body = Body(v, [v; 2], Some(Box::new(v)), (1.0, ()), vec![vec![1.0]]);
        let zeros = "Body(Vec2 { x: 0.0, y: 0.0 }, [Vec2 { x: 0.0, y: 0.0 }, Vec2 { x: 0.0, y: 0.0 }], \
                     Some(Vec2 { x: 0.0, y: 0.0 }), (0.0, ()), [[0.0]])";
        assert_own(&body, zeros);
        let mismatch = body.shape_mismatch(&Body(v, [v; 2], None, (0.0, ()), vec![])).expect("they differ");
        assert_eq!(mismatch.to_string(), "the gradient is `None` at `.2`, but the value is `Some` there");

        let mut sum = v;
        sum += v;
        assert_eq!(sum, Vec2 { x: 2.0, y: 4.0 });
    }

    #[backprop::backprop]
    fn swung(points: &[Vec2], by: Vec2) -> f64 {
        let mut moved = points.to_vec();
        let mut sum = by;
        for i in 0..moved.len() {
            if moved[i].x > 0.5 {
                moved[i].x *= by.y;
            }
            sum = Vec2 { x: sum.y * moved[i].x, y: sum.x + moved[i].y.sin() };
        }
        sum.x * sum.y
    }

    #[test]
    fn functions_are_differentiated_by_it() {
        let points: Vec<Vec2> = (0..4).map(|i| Vec2 { x: 0.3 * f64::from(i), y: 1.0 }).collect();
        let by = Vec2 { x: 0.7, y: 1.2 };
        let claimed: (Vec<Vec2>, Vec2) = swung::grad(&points, by);
        let swung = |(points, by): &(Vec<Vec2>, Vec2)| swung(points, *by);
        backprop::check::gradient(swung, (points, by), &claimed).assert_ok();
    }

    #[test]
    fn a_generic_type_is_its_own_gradient() {
        #[derive(Clone, Debug, PartialEq)]
        struct Seconds;
        let interval = Interval { from: vec![1.0_f32], to: vec![2.0], unit: PhantomData::<Seconds> };
        let text = format!("{interval:?}").replace("1.0", "0.0").replace("2.0", "0.0");
        assert_own(&interval, &text);
    }

    #[test]
    fn a_type_that_holds_itself_is_its_own_gradient() {
        let leaf = Tree { value: 1.0, children: vec![], other: None };
        let tree = Tree { value: 1.0, children: vec![leaf.clone()], other: Some(Box::new(leaf)) };
        assert_own(&tree, &format!("{tree:?}").replace("1.0", "0.0"));
    }

    #[test]
    fn an_enum_is_its_own_gradient() {
        assert_own(&Colour::Grey(0.5), "Grey(0.0)");
        assert_own(&Colour::Rgb { r: 1.0, g: 1.0, b: 1.0 }, "Rgb { r: 0.0, g: 0.0, b: 0.0 }");
        assert_own(&Colour::Black, "Black");
        let mut colour = Colour::Rgb { r: 1.0, g: 2.0, b: 3.0 };
        *colour.__payload_Rgb_g() = 0.0;
        assert_eq!(colour.to_flat(), [1.0, 0.0, 3.0]);
    }
}

mod flat {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Differentiable)]
    struct Layer {
        weights: Vec<f64>,
        bias: f32,
        id: usize,
        #[constant]
        rate: f64,
    }

    #[test]
    fn parameters_and_gradient_are_walked_together() {
        let mut layer = Layer { weights: vec![1.0, 2.0], bias: 0.5, id: 3, rate: 0.1 };
        let gradient = LayerGradient { weights: vec![10.0, 20.0], bias: 5.0, id: (), rate: () };
        assert_eq!((layer.component_count(), gradient.component_count()), (3, 3));
        let mut parameters = layer.to_flat();
        for (parameter, slope) in parameters.iter_mut().zip(gradient.to_flat()) {
            *parameter -= 0.1 * slope;
        }
        layer.copy_from_flat(&parameters);
        assert_eq!(layer, Layer { weights: vec![0.0, 0.0], bias: 0.0, id: 3, rate: 0.1 });
    }

    #[test]
    fn nothing_is_written_where_the_length_is_wrong() {
        let mut layer = Layer { weights: vec![1.0, 2.0], bias: 0.5, id: 3, rate: 0.1 };
        let before = layer.clone();
        for length in [2, 4] {
            let numbers = vec![0.0; length];
            let attempt = std::panic::AssertUnwindSafe(|| layer.copy_from_flat(&numbers));
            let panic = std::panic::catch_unwind(attempt).expect_err("the length is wrong");
            let message = panic.downcast_ref::<String>().expect("there is a message");
            let expected = format!("copy_from_flat: the value has 3 floats, but {length} numbers are given");
            assert_eq!(*message, expected);
        }
        assert_eq!(layer, before);
    }
}

/// Visible from everywhere, so that all has to be documented.
pub mod documented {
    use backprop::Differentiable;

    /// A camera.
    #[derive(Differentiable)]
    #[non_exhaustive]
    pub struct Camera {
        /// How far it sees.
        pub focal: f64,
        pub(crate) name: String,
        pub(in crate::documented) at: At,
        tilt: f64,
    }

    /// A place.
    #[derive(Differentiable)]
    pub struct At(pub f64, pub(crate) f64, f64);

    /// What sees.
    #[derive(Differentiable)]
    pub enum Lens {
        /// Glass.
        Thin(f64),
        /// More glass.
        #[non_exhaustive]
        Thick {
            /// How thick.
            by: f64,
        },
        /// None.
        Pinhole,
    }

    #[test]
    fn visibilities_are_those_of_the_fields() {
        let camera = Camera { focal: 1.0, name: "c".into(), at: At(1.0, 2.0, 3.0), tilt: 0.5 };
        let CameraGradient { focal, name: (), at: AtGradient(x, y, z), tilt } = camera.zero_gradient();
        assert_eq!((focal, x, y, z, tilt), (0.0, 0.0, 0.0, 0.0, 0.0));
    }
}
