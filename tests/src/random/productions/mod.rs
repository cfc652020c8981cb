//! The constructs that programs are made of, a file for each group.
//!
//! A construct is a [`Rule`](super::tree::Rule): how it prints and what it does; and a production: how it is made.
//! To add one, write both and name the production in the table below of what it makes.

pub mod arithmetic;
pub mod assignments;
pub mod block;
pub mod branches;
pub mod buffers;
pub mod calls;
pub mod chains;
pub mod conditions;
pub mod enums;
pub mod exchanges;
pub mod exits;
pub mod heads;
pub mod integers;
pub mod labelled;
pub mod lets;
pub mod literals;
pub mod loops;
pub mod matches;
pub mod methods;
pub mod options;
pub mod parts;
pub mod patterns;
pub mod places;
pub mod streams;
pub mod structs;
pub mod taken;
pub mod values;
pub mod vecs;
pub mod while_some;
pub mod whiles;

use super::generate::Generator;
use super::tree::Tree;
use super::ty::Ty;

/// How often something is made, and how, if it can be where it is asked for.
pub struct Production {
    pub weight: usize,
    pub make: fn(&mut Generator, &Ty, usize) -> Option<Tree>,
}

macro_rules! productions {
    ($($weight:literal $make:path,)*) => {
        &[$(Production { weight: $weight, make: $make }),*]
    };
}

const FLOATS: &[Production] = productions! {
    45 places::read,
    6 literals::float,
    3 literals::constant,
    3 literals::table,
    40 arithmetic::binary,
    5 arithmetic::negation,
    10 arithmetic::quotient,
    22 methods::unary,
    8 methods::guarded,
    6 methods::binary,
    4 methods::power,
    3 methods::clamp,
    5 integers::as_float,
    8 branches::choice,
    4 branches::choice_by_option,
    5 matches::on_integer,
    4 matches::on_float,
    3 matches::on_tuple,
    4 block::value,
    16 calls::value,
    2 values::cut,
    7 options::unwrap_or,
    4 options::map_or,
    4 options::question,
    5 taken::if_let_value,
    6 taken::match_value,
    3 labelled::value,
    6 chains::total,
    3 chains::fold,
};

const INTS: &[Production] = productions! {
    120 places::read,
    40 literals::int,
    50 integers::binary,
    16 integers::length,
    16 integers::step,
    3 branches::choice,
    3 matches::on_integer,
};

const BOOLS: &[Production] = productions! {
    10 places::read,
    30 conditions::of_floats,
    30 conditions::of_ints,
    8 conditions::joined,
    4 conditions::negated,
};

const TUPLES: &[Production] = productions! {
    20 values::tuple,
    10 places::read,
    4 branches::choice,
    3 block::value,
    4 calls::value,
    2 options::unwrap_or,
    2 taken::match_value,
    1 labelled::value,
};

const STRUCTS: &[Production] = productions! {
    16 structs::literal,
    8 structs::update,
    14 places::read,
    4 branches::choice,
    3 block::value,
    8 calls::value,
    2 taken::if_let_value,
    3 taken::match_value,
    2 options::unwrap_or,
    2 labelled::value,
};

const ENUMS: &[Production] = productions! {
    24 enums::literal,
    14 places::read,
    4 branches::choice,
    2 block::value,
    8 calls::value,
    2 taken::if_let_value,
    3 taken::match_value,
    2 labelled::value,
};

const OPTIONS: &[Production] = productions! {
    20 options::some,
    8 options::none,
    12 options::element,
    16 places::read,
    6 branches::choice,
    2 block::value,
    14 calls::value,
    8 options::mapped_option,
    3 options::or,
    2 taken::if_let_value,
    4 taken::match_value,
    2 labelled::value,
};

const ARRAYS: &[Production] = productions! {
    20 values::array,
    10 values::array_repeated,
    10 places::read,
    4 branches::choice,
    4 calls::value,
};

const VECS: &[Production] = productions! {
    20 values::vec,
    15 values::vec_repeated,
    8 values::to_vec,
    8 chains::collected,
    12 vecs::new,
    6 places::read,
    3 branches::choice,
    4 calls::value,
};

pub const STATEMENTS: &[Production] = productions! {
    24 lets::float,
    16 lets::int,
    3 lets::flag,
    12 lets::aggregate,
    6 lets::taken_apart,
    8 lets::deferred,
    30 assignments::assign,
    40 assignments::compound,
    6 assignments::exchange,
    20 assignments::int,
    3 assignments::passes_through,
    14 branches::statement,
    4 branches::statement_by_option,
    6 matches::statement,
    20 loops::over_range,
    8 loops::over_elements,
    8 loops::over_elements_mutably,
    4 loops::over_array,
    10 whiles::counted,
    5 whiles::with_value,
    3 whiles::over_stack,
    14 exits::guarded,
    5 exits::let_else,
    4 exits::value_or_exit,
    5 buffers::fill,
    4 buffers::copy,
    6 buffers::swap,
    8 parts::alias,
    3 parts::two_aliases,
    14 calls::statement,
    3 block::statement,
    14 taken::if_let,
    12 taken::match_statement,
    8 taken::let_else,
    8 taken::let_whole,
    5 labelled::statement,
    24 chains::over_stream,
    12 vecs::push,
    12 vecs::edit,
    4 vecs::let_pop,
    5 exchanges::swap,
    6 exchanges::replace,
    5 while_some::while_some,
};

/// What makes values of the type.
pub fn of(ty: &Ty) -> &'static [Production] {
    match ty {
        Ty::Float => FLOATS,
        Ty::Int => INTS,
        Ty::Bool => BOOLS,
        Ty::Tuple(_) => TUPLES,
        Ty::Array(..) => ARRAYS,
        Ty::Struct(_) => STRUCTS,
        Ty::Option(_) => OPTIONS,
        Ty::Enum => ENUMS,
        Ty::Vec(..) => VECS,
        Ty::Unit | Ty::Slice(..) => unreachable!("there are no such values"),
    }
}
