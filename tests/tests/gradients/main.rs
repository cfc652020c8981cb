//! Gradients of ordinary Rust, a module per construct, held to central differences and to the plain function.

// Programs stand here as people write them, and every spelling of a construct has its turn: also those for which the
// compiler and clippy know a better one. What lints say of generated code is held in `hygiene.rs`.
#![allow(clippy::style, clippy::complexity, clippy::suspicious, clippy::perf, clippy::eq_op)]
#![allow(
    clippy::cloned_instead_of_copied,
    clippy::explicit_iter_loop,
    clippy::map_unwrap_or,
    clippy::uninlined_format_args
)]
#![allow(clippy::explicit_iter_loop, clippy::uninlined_format_args, clippy::cloned_instead_of_copied)]
#![allow(unused_assignments, unused_braces, unused_parens, unused_qualifications)]

mod arithmetic;
mod arrays;
mod arrays_of_arrays;
mod assignment;
mod blocks;
mod boxes;
mod calls;
mod calls_and_state;
mod casts;
mod closures;
mod compound_assignment;
mod constant_parameters;
mod deferred_init;
mod early_exits;
mod enums;
mod fill_copy_swap_clone;
mod float_methods;
mod for_adaptors;
mod for_chunks;
mod for_range;
mod for_slice;
mod for_slice_mut;
mod for_zip;
mod if_else;
mod in_place;
mod integer_code;
mod integer_parts;
mod interface;
mod iterator_chains;
mod labelled_blocks;
mod late_values;
mod let_patterns;
mod literals_and_constants;
mod match_arms;
mod mem_swap;
mod nested_loops;
mod option_methods;
mod options;
mod overflow;
mod parameter_patterns;
mod passing_through;
mod paths;
mod permutations;
mod programs;
mod programs_by_style;
mod programs_by_subject;
mod programs_with_options;
mod question_mark;
mod reduced;
mod reduced_exits;
mod reduced_values;
mod results;
mod shadowing;
mod single_precision;
mod slice_patterns;
mod split_slices;
mod steps;
mod stop_gradient;
mod struct_update;
mod structs;
mod sub_slices;
mod tuple_fields;
mod vec_edits;
mod vec_lengths;
mod vec_macro;
mod vec_push;
mod while_loops;

/// Called by its path from the crate's root.
#[backprop::backprop]
fn root_square(x: f64) -> f64 {
    x * x
}
