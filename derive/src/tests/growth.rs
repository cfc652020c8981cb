//! Time and generated code grow with the size of a function, and no faster.

use proc_macro2::{TokenStream, TokenTree};
use std::time::{Duration, Instant};

/// A function of any size: some statements again and again.
struct Shape {
    name: &'static str,
    open: &'static str,
    /// What is repeated, with `#` for the number of the repetition and `@` for the one before.
    group: &'static str,
    /// The statements in it.
    stmts: usize,
    close: &'static str,
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "straight line",
        open: "let v0 = x;",
        group: "let v# = v@ * ys[n] + x.sin();",
        stmts: 1,
        close: "v@",
    },
    Shape {
        name: "overwritten",
        open: "let mut s = x;",
        group: "s = s * x + 0.1; s += ys[1] * s;",
        stmts: 2,
        close: "s",
    },
    Shape {
        name: "in a loop",
        open: "let mut s = x; for i in 0..n { let v0 = s;",
        group: "let v# = v@ * ys[i];",
        stmts: 1,
        close: "s = v@; } s",
    },
    Shape {
        name: "taken on backwards",
        open: "let mut v0 = x; ",
        group: "let mut v# = 1.0; for i in 0..n { v@ *= v#; v# += 0.5; }",
        stmts: 4,
        close: "v0 + v@",
    },
    Shape {
        name: "loops and branches",
        open: "let mut s = x;",
        group: "for i in 0..n { if s > ys[i] { s = s * ys[i]; } else { s += ys[i]; } } s -= 1.0;",
        stmts: 5,
        close: "s",
    },
    Shape {
        name: "calls",
        open: "let mut s = x; let mut h = ys.to_vec();",
        group: "g(ys, &mut h); s = f(s, h[#]);",
        stmts: 2,
        close: "s",
    },
    Shape {
        name: "early exits",
        open: "let mut s = x;",
        group: "if s > 9.0 { return s * x; } s = s * x;",
        stmts: 3,
        close: "s",
    },
    Shape {
        name: "exits of a loop",
        open: "let mut s = x; for i in 0..n {",
        group: "if s > 9.0 { break; } if s < 1.0 { continue; } s = s * x;",
        stmts: 5,
        close: "} s",
    },
    Shape {
        name: "tuples and structs",
        open: "let p0 = (x, ys[0]);",
        group: "let q# = P { a: p@.0, b: p@.1 }; let (a, b) = (q#.a * x, q#.b); let p# = (a, b);",
        stmts: 3,
        close: "p@.0 * p@.1",
    },
    Shape {
        name: "chains",
        open: "let mut s = x;",
        group: "s += ys.iter().zip(ys).map(|(a, b)| a * b * s).filter(|v| *v > 0.0).sum::<f64>();",
        stmts: 1,
        close: "s",
    },
    Shape {
        name: "closures",
        open: "let mut s = x; let c = |v: f64| v * x;",
        group: "let c# = |v: f64| c(v) * s; s = c#(s);",
        stmts: 2,
        close: "s",
    },
    Shape {
        name: "options",
        open: "let mut s = x;",
        group: "let o# = if s > 1.0 { Some(s * x) } else { None }; s = match o# { Some(v) => v, None => s };",
        stmts: 2,
        close: "s",
    },
    Shape {
        name: "integers",
        open: "let mut s = x; let mut k = n;",
        group: "let k# = k * 3 + 1; k = k# % 7; if k > 3 { k -= 1; } s *= ys[k#];",
        stmts: 4,
        close: "s",
    },
    Shape {
        name: "prints",
        open: "let mut s = x;",
        group: "s = s * x; println!(\"{s}\"); assert!(s > 0.0, \"{}\", s);",
        stmts: 3,
        close: "s",
    },
];

impl Shape {
    /// The function with about so many statements.
    fn of_size(&self, stmts: usize) -> TokenStream {
        let mut text = format!("fn grown(x: f64, ys: &[f64], n: usize) -> f64 {{ {}", self.open);
        let count = stmts / self.stmts;
        for at in 1..=count {
            text += &self.group.replace('#', &at.to_string()).replace('@', &(at - 1).to_string());
        }
        text += &self.close.replace('@', &count.to_string());
        text += "}";
        text.parse().expect("the shapes are Rust")
    }

    /// How long the macro takes, and how many tokens it makes.
    fn expanded(&self, stmts: usize) -> (Duration, usize) {
        let item = self.of_size(stmts);
        let start = Instant::now();
        let expansion = crate::expand::expand(TokenStream::new(), item);
        let time = start.elapsed();
        let tokens = count(expansion.clone());
        let text = expansion.to_string();
        assert!(!text.contains("compile_error"), "{}: {}", self.name, &text[text.find("compile_error").unwrap_or(0)..]);
        (time, tokens)
    }
}

fn count(tokens: TokenStream) -> usize {
    let one = |token| match token {
        TokenTree::Group(group) => 2 + count(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(one).sum()
}

/// As much memory as the compiler gives a macro.
const STACK: usize = 8 << 20;

fn with_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread can be made");
    thread.join().expect("it does not panic");
}

/// Where every statement may leave, each exit hands over what all before it recorded, so these grow faster.
fn leaves(shape: &Shape) -> bool {
    shape.name.contains("exits")
}

#[test]
fn generated_code_grows_with_the_function() {
    with_stack(|| {
        for shape in SHAPES.iter().filter(|shape| !leaves(shape)) {
            let (_, few) = shape.expanded(100);
            let (_, many) = shape.expanded(400);
            assert!(many <= 4 * few, "{}: {few} tokens for 100 statements, {many} for 400", shape.name);
        }
    });
}

#[test]
fn a_function_of_many_exits_fits_the_stack() {
    with_stack(|| SHAPES.iter().filter(|shape| leaves(shape)).for_each(|shape| assert!(shape.expanded(90).1 > 90)));
}

/// `BACKPROP_GROWTH=10000 cargo test -p backprop-derive growth -- --nocapture` prints time and size up to so many
/// statements. On a machine that does nothing else, a thousand in a straight line take less than half a second; here they
/// only must not take so long that the growth is not linear any more.
#[test]
fn a_thousand_statements_do_not_take_long() {
    with_stack(|| {
        let most = std::env::var("BACKPROP_GROWTH").ok().and_then(|text| text.parse().ok()).unwrap_or(1000);
        for shape in SHAPES.iter().filter(|shape| most > 1000 || shape.name == "straight line") {
            eprint!("{:20}", shape.name);
            for size in [100, 1000, 10000].into_iter().filter(|size| *size <= most) {
                let (time, tokens) = shape.expanded(size);
                eprint!(" {:8.1} ms {:6.1} tokens", time.as_secs_f64() * 1e3, tokens as f64 / size as f64);
                assert!(size > 1000 || time < Duration::from_secs(20), "{size} statements took {time:?}");
            }
            eprintln!();
        }
    });
}
