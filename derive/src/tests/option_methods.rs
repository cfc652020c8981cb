use super::phase;
use expect_test::expect;

const DEFAULT: &str = "
    #[backprop]
    fn default(x: &[f64], y: f64) -> f64 {
        x.get(1).copied().unwrap_or(y) * y
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn default(x, y)
            #0 let other = y
            #1 declare t
            #5 match x.get(1).copied()
            arm Some(value_1)
                #2 alias value_1 = x[1]
                #3 init t = value_1
            arm _
                #4 init t = other
            #6 let t_1 = mul t y
            result t_1
    "#]]
    .assert_eq(&phase("lower", DEFAULT));
}
