//! `#[derive(Differentiable)]`.

use expect_test::expect;

fn derived(item: &str) -> String {
    let tokens = item.parse().expect("it is Rust");
    let file = syn::parse2(crate::differentiable::derive(tokens)).expect("the expansion is Rust");
    prettyplease::unparse(&file)
}

#[test]
fn of_a_struct() {
    expect![[r#"
        ///The gradient by a [`Line`]: for each field the derivative by it, `()` where it cannot vary.
        #[allow(dead_code, missing_copy_implementations, non_camel_case_types, non_snake_case)]
        #[allow(clippy::all, clippy::pedantic)]
        #[derive(
            ::core::clone::Clone,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
            ::core::default::Default
        )]
        struct LineGradient {
            ///The derivative by `slope`.
            slope: f64,
            ///The derivative by `label`.
            label: (),
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::Differentiable for Line {
            type Gradient = LineGradient;
            type Adjoint = LineGradient;
            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                LineGradient {
                    slope: <f64 as ::backprop::Differentiable>::zero_gradient(&self.slope),
                    label: (),
                }
            }
            fn shape_mismatch(
                &self,
                adjoint: &Self::Adjoint,
            ) -> ::core::option::Option<::backprop::ShapeMismatch> {
                if let ::core::option::Option::Some(mismatch) = <f64 as ::backprop::Differentiable>::shape_mismatch(
                    &self.slope,
                    ::core::borrow::Borrow::borrow(&adjoint.slope),
                ) {
                    return ::core::option::Option::Some(
                        mismatch.under(::backprop::components::Segment::Field("slope")),
                    );
                }
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::Gradient for LineGradient {
            #[inline]
            #[track_caller]
            fn accumulate(&mut self, other: &Self) {
                ::backprop::Gradient::accumulate(&mut self.slope, &other.slope);
            }
            #[inline]
            fn scale(&mut self, factor: f64) {
                ::backprop::Gradient::scale(&mut self.slope, factor);
            }
            #[inline]
            fn set_zero(&mut self) {
                ::backprop::Gradient::set_zero(&mut self.slope);
            }
            #[inline]
            fn is_zero(&self) -> bool {
                ::backprop::Gradient::is_zero(&self.slope)
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::components::Components for Line {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit(&self.slope, path, visit);
                    },
                );
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.slope,
                            path,
                            visit,
                        );
                    },
                );
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::components::Components for LineGradient {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit(&self.slope, path, visit);
                    },
                );
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.slope,
                            path,
                            visit,
                        );
                    },
                );
            }
        }
        #[automatically_derived]
        impl ::core::ops::AddAssign for LineGradient {
            #[inline]
            #[track_caller]
            fn add_assign(&mut self, other: Self) {
                ::backprop::Gradient::accumulate(self, &other);
            }
        }
        #[allow(
            dead_code,
            non_snake_case,
            private_interfaces,
            unreachable_pub,
            trivial_bounds,
            clippy::all,
            clippy::pedantic
        )]
        impl LineGradient {
            #[doc(hidden)]
            #[inline]
            pub fn __payload_Line_slope(&mut self) -> &mut f64 {
                &mut self.slope
            }
            #[doc(hidden)]
            #[inline]
            pub fn __payload_Line_label(&mut self) -> &mut () {
                &mut self.label
            }
        }
    "#]]
    .assert_eq(&derived("struct Line { slope: f64, #[constant] label: String }"));
}

#[test]
fn of_an_enum() {
    expect![[r#"
        ///The gradient by a [`Shape`]: the same variant, with the derivative by each field.
        #[allow(dead_code, missing_copy_implementations, non_camel_case_types, non_snake_case)]
        #[allow(clippy::all, clippy::pedantic)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        pub enum ShapeGradient {
            ///The gradient by a value that is `Circle`.
            Circle(f64),
            ///The gradient by a value that is `Rect`.
            Rect {
                ///The derivative by `w`.
                w: f64,
                ///The derivative by `id`.
                id: (),
            },
            ///The gradient by a value that is `Empty`.
            Empty,
        }
        #[automatically_derived]
        #[allow(non_snake_case, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::Differentiable for Shape {
            type Gradient = ShapeGradient;
            type Adjoint = ShapeGradient;
            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                match self {
                    Self::Circle(self_0) => {
                        ShapeGradient::Circle(
                            <f64 as ::backprop::Differentiable>::zero_gradient(self_0),
                        )
                    }
                    Self::Rect { w: self_w, id: self_id } => {
                        ShapeGradient::Rect {
                            w: <f64 as ::backprop::Differentiable>::zero_gradient(self_w),
                            id: <usize as ::backprop::Differentiable>::zero_gradient(self_id),
                        }
                    }
                    Self::Empty => ShapeGradient::Empty,
                }
            }
            fn shape_mismatch(
                &self,
                adjoint: &Self::Adjoint,
            ) -> ::core::option::Option<::backprop::ShapeMismatch> {
                match (self, adjoint) {
                    (Self::Circle(self_0), ShapeGradient::Circle(adjoint_0)) => {
                        if let ::core::option::Option::Some(mismatch) = <f64 as ::backprop::Differentiable>::shape_mismatch(
                            self_0,
                            ::core::borrow::Borrow::borrow(adjoint_0),
                        ) {
                            return ::core::option::Option::Some(
                                mismatch.under(::backprop::components::Segment::Position(0usize)),
                            );
                        }
                        ::core::option::Option::None
                    }
                    (
                        Self::Rect { w: self_w, id: self_id },
                        ShapeGradient::Rect { w: adjoint_w, id: adjoint_id },
                    ) => {
                        if let ::core::option::Option::Some(mismatch) = <f64 as ::backprop::Differentiable>::shape_mismatch(
                            self_w,
                            ::core::borrow::Borrow::borrow(adjoint_w),
                        ) {
                            return ::core::option::Option::Some(
                                mismatch.under(::backprop::components::Segment::Field("w")),
                            );
                        }
                        if let ::core::option::Option::Some(mismatch) = <usize as ::backprop::Differentiable>::shape_mismatch(
                            self_id,
                            ::core::borrow::Borrow::borrow(adjoint_id),
                        ) {
                            return ::core::option::Option::Some(
                                mismatch.under(::backprop::components::Segment::Field("id")),
                            );
                        }
                        ::core::option::Option::None
                    }
                    (Self::Empty, ShapeGradient::Empty) => ::core::option::Option::None,
                    (value, gradient) => {
                        ::core::option::Option::Some(
                            ::backprop::ShapeMismatch::new(
                                ::backprop::Shape::Variant(
                                    match value {
                                        Self::Circle { .. } => "Circle",
                                        Self::Rect { .. } => "Rect",
                                        Self::Empty { .. } => "Empty",
                                    },
                                ),
                                ::backprop::Shape::Variant(gradient.__variant()),
                            ),
                        )
                    }
                }
            }
        }
        #[automatically_derived]
        #[allow(non_snake_case, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::Gradient for ShapeGradient {
            #[inline]
            #[track_caller]
            fn accumulate(&mut self, other: &Self) {
                match (self, other) {
                    (Self::Circle(self_0), Self::Circle(other_0)) => {
                        ::backprop::Gradient::accumulate(self_0, other_0);
                    }
                    (
                        Self::Rect { w: self_w, id: self_id },
                        Self::Rect { w: other_w, id: other_id },
                    ) => {
                        ::backprop::Gradient::accumulate(self_w, other_w);
                        ::backprop::Gradient::accumulate(self_id, other_id);
                    }
                    (Self::Empty, Self::Empty) => {}
                    (sum, term) => {
                        ::backprop::__private::variants_differ(sum.__variant(), term.__variant())
                    }
                }
            }
            #[inline]
            fn scale(&mut self, factor: f64) {
                match self {
                    Self::Circle(self_0) => {
                        ::backprop::Gradient::scale(self_0, factor);
                    }
                    Self::Rect { w: self_w, id: self_id } => {
                        ::backprop::Gradient::scale(self_w, factor);
                        ::backprop::Gradient::scale(self_id, factor);
                    }
                    Self::Empty => {}
                }
            }
            #[inline]
            fn set_zero(&mut self) {
                match self {
                    Self::Circle(self_0) => {
                        ::backprop::Gradient::set_zero(self_0);
                    }
                    Self::Rect { w: self_w, id: self_id } => {
                        ::backprop::Gradient::set_zero(self_w);
                        ::backprop::Gradient::set_zero(self_id);
                    }
                    Self::Empty => {}
                }
            }
            #[inline]
            fn is_zero(&self) -> bool {
                match self {
                    Self::Circle(self_0) => ::backprop::Gradient::is_zero(self_0),
                    Self::Rect { w: self_w, id: self_id } => {
                        ::backprop::Gradient::is_zero(self_w)
                            && ::backprop::Gradient::is_zero(self_id)
                    }
                    Self::Empty => true,
                }
            }
        }
        #[automatically_derived]
        #[allow(non_snake_case, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::components::Components for Shape {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                match self {
                    Self::Circle(self_0) => {
                        path.within(
                            ::backprop::components::Segment::Position(0usize),
                            |path| {
                                ::backprop::components::Components::visit(self_0, path, visit);
                            },
                        );
                    }
                    Self::Rect { w: self_w, id: self_id } => {
                        path.within(
                            ::backprop::components::Segment::Field("w"),
                            |path| {
                                ::backprop::components::Components::visit(self_w, path, visit);
                            },
                        );
                        path.within(
                            ::backprop::components::Segment::Field("id"),
                            |path| {
                                ::backprop::components::Components::visit(self_id, path, visit);
                            },
                        );
                    }
                    Self::Empty => {}
                }
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                match self {
                    Self::Circle(self_0) => {
                        path.within(
                            ::backprop::components::Segment::Position(0usize),
                            |path| {
                                ::backprop::components::Components::visit_mut(
                                    self_0,
                                    path,
                                    visit,
                                );
                            },
                        );
                    }
                    Self::Rect { w: self_w, id: self_id } => {
                        path.within(
                            ::backprop::components::Segment::Field("w"),
                            |path| {
                                ::backprop::components::Components::visit_mut(
                                    self_w,
                                    path,
                                    visit,
                                );
                            },
                        );
                        path.within(
                            ::backprop::components::Segment::Field("id"),
                            |path| {
                                ::backprop::components::Components::visit_mut(
                                    self_id,
                                    path,
                                    visit,
                                );
                            },
                        );
                    }
                    Self::Empty => {}
                }
            }
        }
        #[automatically_derived]
        #[allow(non_snake_case, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::components::Components for ShapeGradient {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                match self {
                    Self::Circle(self_0) => {
                        path.within(
                            ::backprop::components::Segment::Position(0usize),
                            |path| {
                                ::backprop::components::Components::visit(self_0, path, visit);
                            },
                        );
                    }
                    Self::Rect { w: self_w, id: self_id } => {
                        path.within(
                            ::backprop::components::Segment::Field("w"),
                            |path| {
                                ::backprop::components::Components::visit(self_w, path, visit);
                            },
                        );
                        path.within(
                            ::backprop::components::Segment::Field("id"),
                            |path| {
                                ::backprop::components::Components::visit(self_id, path, visit);
                            },
                        );
                    }
                    Self::Empty => {}
                }
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                match self {
                    Self::Circle(self_0) => {
                        path.within(
                            ::backprop::components::Segment::Position(0usize),
                            |path| {
                                ::backprop::components::Components::visit_mut(
                                    self_0,
                                    path,
                                    visit,
                                );
                            },
                        );
                    }
                    Self::Rect { w: self_w, id: self_id } => {
                        path.within(
                            ::backprop::components::Segment::Field("w"),
                            |path| {
                                ::backprop::components::Components::visit_mut(
                                    self_w,
                                    path,
                                    visit,
                                );
                            },
                        );
                        path.within(
                            ::backprop::components::Segment::Field("id"),
                            |path| {
                                ::backprop::components::Components::visit_mut(
                                    self_id,
                                    path,
                                    visit,
                                );
                            },
                        );
                    }
                    Self::Empty => {}
                }
            }
        }
        #[automatically_derived]
        impl ::core::ops::AddAssign for ShapeGradient {
            #[inline]
            #[track_caller]
            fn add_assign(&mut self, other: Self) {
                ::backprop::Gradient::accumulate(self, &other);
            }
        }
        #[allow(
            dead_code,
            non_snake_case,
            private_interfaces,
            unreachable_pub,
            trivial_bounds,
            clippy::all,
            clippy::pedantic
        )]
        impl ShapeGradient {
            #[doc(hidden)]
            pub fn __variant(&self) -> &'static str {
                match self {
                    Self::Circle { .. } => "Circle",
                    Self::Rect { .. } => "Rect",
                    Self::Empty { .. } => "Empty",
                }
            }
            #[doc(hidden)]
            #[inline]
            #[track_caller]
            pub fn __payload_Circle_0(&mut self) -> &mut f64 {
                match self {
                    Self::Circle(payload) => payload,
                    other => ::backprop::__private::no_payload("Circle", other.__variant()),
                }
            }
            #[doc(hidden)]
            #[inline]
            #[track_caller]
            pub fn __payload_Rect_w(&mut self) -> &mut f64 {
                match self {
                    Self::Rect { w: payload, id: _ } => payload,
                    other => ::backprop::__private::no_payload("Rect", other.__variant()),
                }
            }
            #[doc(hidden)]
            #[inline]
            #[track_caller]
            pub fn __payload_Rect_id(&mut self) -> &mut () {
                match self {
                    Self::Rect { w: _, id: payload } => payload,
                    other => ::backprop::__private::no_payload("Rect", other.__variant()),
                }
            }
        }
    "#]].assert_eq(&derived("pub enum Shape { Circle(f64), Rect { w: f64, id: usize }, Empty }"));
}

#[test]
fn of_what_is_its_own_gradient() {
    expect![[r##"
        #[automatically_derived]
        #[allow(trivial_bounds, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: ::backprop::__private::OwnGradient> ::backprop::Differentiable for Span<T>
        where
            Span<T>: ::core::clone::Clone,
            Tilt: ::backprop::__private::OwnGradient,
        {
            type Gradient = Self;
            type Adjoint = Self;
            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                Self {
                    from: <T as ::backprop::Differentiable>::zero_gradient(&self.from),
                    to: <T as ::backprop::Differentiable>::zero_gradient(&self.to),
                    tilt: <Tilt as ::backprop::Differentiable>::zero_gradient(&self.tilt),
                }
            }
            fn shape_mismatch(
                &self,
                adjoint: &Self::Adjoint,
            ) -> ::core::option::Option<::backprop::ShapeMismatch> {
                if let ::core::option::Option::Some(mismatch) = <T as ::backprop::Differentiable>::shape_mismatch(
                    &self.from,
                    ::core::borrow::Borrow::borrow(&adjoint.from),
                ) {
                    return ::core::option::Option::Some(
                        mismatch.under(::backprop::components::Segment::Field("from")),
                    );
                }
                if let ::core::option::Option::Some(mismatch) = <T as ::backprop::Differentiable>::shape_mismatch(
                    &self.to,
                    ::core::borrow::Borrow::borrow(&adjoint.to),
                ) {
                    return ::core::option::Option::Some(
                        mismatch.under(::backprop::components::Segment::Field("to")),
                    );
                }
                if let ::core::option::Option::Some(mismatch) = <Tilt as ::backprop::Differentiable>::shape_mismatch(
                    &self.tilt,
                    ::core::borrow::Borrow::borrow(&adjoint.tilt),
                ) {
                    return ::core::option::Option::Some(
                        mismatch.under(::backprop::components::Segment::Field("tilt")),
                    );
                }
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        #[allow(trivial_bounds, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: ::backprop::__private::OwnGradient> ::backprop::Gradient for Span<T>
        where
            Span<T>: ::core::clone::Clone,
            Tilt: ::backprop::__private::OwnGradient,
        {
            #[inline]
            #[track_caller]
            fn accumulate(&mut self, other: &Self) {
                ::backprop::Gradient::accumulate(&mut self.from, &other.from);
                ::backprop::Gradient::accumulate(&mut self.to, &other.to);
                ::backprop::Gradient::accumulate(&mut self.tilt, &other.tilt);
            }
            #[inline]
            fn scale(&mut self, factor: f64) {
                ::backprop::Gradient::scale(&mut self.from, factor);
                ::backprop::Gradient::scale(&mut self.to, factor);
                ::backprop::Gradient::scale(&mut self.tilt, factor);
            }
            #[inline]
            fn set_zero(&mut self) {
                ::backprop::Gradient::set_zero(&mut self.from);
                ::backprop::Gradient::set_zero(&mut self.to);
                ::backprop::Gradient::set_zero(&mut self.tilt);
            }
            #[inline]
            fn is_zero(&self) -> bool {
                ::backprop::Gradient::is_zero(&self.from)
                    && ::backprop::Gradient::is_zero(&self.to)
                    && ::backprop::Gradient::is_zero(&self.tilt)
            }
        }
        #[automatically_derived]
        #[allow(trivial_bounds, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: ::backprop::__private::OwnGradient> ::backprop::components::Components
        for Span<T>
        where
            Span<T>: ::core::clone::Clone,
            Tilt: ::backprop::__private::OwnGradient,
        {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("from"),
                    |path| {
                        ::backprop::components::Components::visit(&self.from, path, visit);
                    },
                );
                path.within(
                    ::backprop::components::Segment::Field("to"),
                    |path| {
                        ::backprop::components::Components::visit(&self.to, path, visit);
                    },
                );
                path.within(
                    ::backprop::components::Segment::Field("tilt"),
                    |path| {
                        ::backprop::components::Components::visit(&self.tilt, path, visit);
                    },
                );
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("from"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.from,
                            path,
                            visit,
                        );
                    },
                );
                path.within(
                    ::backprop::components::Segment::Field("to"),
                    |path| {
                        ::backprop::components::Components::visit_mut(&mut self.to, path, visit);
                    },
                );
                path.within(
                    ::backprop::components::Segment::Field("tilt"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.tilt,
                            path,
                            visit,
                        );
                    },
                );
            }
        }
        #[allow(
            dead_code,
            non_snake_case,
            private_interfaces,
            unreachable_pub,
            trivial_bounds,
            clippy::all,
            clippy::pedantic
        )]
        impl<T: ::backprop::__private::OwnGradient> Span<T>
        where
            Span<T>: ::core::clone::Clone,
            Tilt: ::backprop::__private::OwnGradient,
        {
            #[doc(hidden)]
            #[inline]
            pub fn __payload_Span_from(&mut self) -> &mut T {
                &mut self.from
            }
            #[doc(hidden)]
            #[inline]
            pub fn __payload_Span_to(&mut self) -> &mut T {
                &mut self.to
            }
            #[doc(hidden)]
            #[inline]
            pub fn __payload_Span_tilt(&mut self) -> &mut Tilt {
                &mut self.tilt
            }
        }
        #[automatically_derived]
        #[allow(trivial_bounds)]
        impl<T: ::backprop::__private::OwnGradient> ::backprop::__private::OwnGradient
        for Span<T>
        where
            Span<T>: ::core::clone::Clone,
        {}
    "##]]
    .assert_eq(&derived("#[differentiable(gradient = Self)] struct Span<T> { from: T, to: T, tilt: Tilt }"));
}

#[test]
fn of_what_has_no_fields() {
    expect![[r#"
        #[automatically_derived]
        #[allow(non_snake_case, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::Differentiable for Kind {
            type Gradient = ();
            type Adjoint = ();
            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {}
            fn shape_mismatch(
                &self,
                adjoint: &Self::Adjoint,
            ) -> ::core::option::Option<::backprop::ShapeMismatch> {
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        #[allow(non_snake_case, deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::components::Components for Kind {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {}
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {}
        }
    "#]]
    .assert_eq(&derived("enum Kind { Hot, Cold }"));
}

#[test]
fn of_a_generic_struct() {
    let item = "struct Held<'a, T: Clone, U: 'a = f64> where U: Into<T> { inner: Vec<T>, #[constant] by: &'a U }";
    expect![[r#"
        ///The gradient by a [`Held`]: for each field the derivative by it, `()` where it cannot vary.
        #[allow(dead_code, missing_copy_implementations, non_camel_case_types, non_snake_case)]
        #[allow(clippy::all, clippy::pedantic)]
        struct HeldGradient<T: Clone + ::backprop::Differentiable> {
            ///The derivative by `inner`.
            inner: <Vec<T> as ::backprop::Differentiable>::Gradient,
            ///The derivative by `by`.
            by: (),
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: Clone + ::backprop::Differentiable> ::core::clone::Clone for HeldGradient<T>
        where
            <T as ::backprop::Differentiable>::Gradient: ::core::clone::Clone,
        {
            #[inline]
            fn clone(&self) -> Self {
                Self {
                    inner: ::core::clone::Clone::clone(&self.inner),
                    by: (),
                }
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: Clone + ::backprop::Differentiable> ::core::cmp::PartialEq for HeldGradient<T>
        where
            <T as ::backprop::Differentiable>::Gradient: ::core::cmp::PartialEq,
        {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                ::core::cmp::PartialEq::eq(&self.inner, &other.inner)
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: Clone + ::backprop::Differentiable> ::core::fmt::Debug for HeldGradient<T>
        where
            <T as ::backprop::Differentiable>::Gradient: ::core::fmt::Debug,
        {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct("HeldGradient")
                    .field("inner", &self.inner)
                    .field("by", &())
                    .finish()
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<'a, T: Clone + ::backprop::Differentiable, U: 'a> ::backprop::Differentiable
        for Held<'a, T, U>
        where
            U: Into<T>,
        {
            type Gradient = HeldGradient<T>;
            type Adjoint = HeldGradient<T>;
            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                HeldGradient {
                    inner: <Vec<T> as ::backprop::Differentiable>::zero_gradient(&self.inner),
                    by: (),
                }
            }
            fn shape_mismatch(
                &self,
                adjoint: &Self::Adjoint,
            ) -> ::core::option::Option<::backprop::ShapeMismatch> {
                if let ::core::option::Option::Some(mismatch) = <Vec<
                    T,
                > as ::backprop::Differentiable>::shape_mismatch(
                    &self.inner,
                    ::core::borrow::Borrow::borrow(&adjoint.inner),
                ) {
                    return ::core::option::Option::Some(
                        mismatch.under(::backprop::components::Segment::Field("inner")),
                    );
                }
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: Clone + ::backprop::Differentiable> ::backprop::Gradient for HeldGradient<T> {
            #[inline]
            #[track_caller]
            fn accumulate(&mut self, other: &Self) {
                ::backprop::Gradient::accumulate(&mut self.inner, &other.inner);
            }
            #[inline]
            fn scale(&mut self, factor: f64) {
                ::backprop::Gradient::scale(&mut self.inner, factor);
            }
            #[inline]
            fn set_zero(&mut self) {
                ::backprop::Gradient::set_zero(&mut self.inner);
            }
            #[inline]
            fn is_zero(&self) -> bool {
                ::backprop::Gradient::is_zero(&self.inner)
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<
            'a,
            T: Clone + ::backprop::components::Components,
            U: 'a,
        > ::backprop::components::Components for Held<'a, T, U>
        where
            U: Into<T>,
        {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("inner"),
                    |path| {
                        ::backprop::components::Components::visit(&self.inner, path, visit);
                    },
                );
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("inner"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.inner,
                            path,
                            visit,
                        );
                    },
                );
            }
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl<T: Clone + ::backprop::Differentiable> ::backprop::components::Components
        for HeldGradient<T> {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("inner"),
                    |path| {
                        ::backprop::components::Components::visit(&self.inner, path, visit);
                    },
                );
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("inner"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.inner,
                            path,
                            visit,
                        );
                    },
                );
            }
        }
        #[automatically_derived]
        impl<T: Clone + ::backprop::Differentiable> ::core::ops::AddAssign for HeldGradient<T> {
            #[inline]
            #[track_caller]
            fn add_assign(&mut self, other: Self) {
                ::backprop::Gradient::accumulate(self, &other);
            }
        }
        #[allow(
            dead_code,
            non_snake_case,
            private_interfaces,
            unreachable_pub,
            trivial_bounds,
            clippy::all,
            clippy::pedantic
        )]
        impl<T: Clone + ::backprop::Differentiable> HeldGradient<T> {
            #[doc(hidden)]
            #[inline]
            pub fn __payload_Held_inner(
                &mut self,
            ) -> &mut <Vec<T> as ::backprop::Differentiable>::Gradient {
                &mut self.inner
            }
            #[doc(hidden)]
            #[inline]
            pub fn __payload_Held_by(&mut self) -> &mut () {
                &mut self.by
            }
        }
    "#]]
    .assert_eq(&derived(item));
}
