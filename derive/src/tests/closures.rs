use super::phase;
use expect_test::expect;

const SHIFTED: &str = "
    #[backprop]
    fn shifted(x: f64, y: f64) -> f64 {
        let square = |v| v * v;
        let from_y = |v: f64| square(v) - y;
        from_y(x) * from_y(y)
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn shifted(x, y)
            #0 let v_1_1 = x
            #1 let v_2 = v_1_1
            #2 let t = mul v_2 v_2
            #3 let t_1 = sub t y
            #4 let v_1_2 = y
            #5 let v_3 = v_1_2
            #6 let t_2 = mul v_3 v_3
            #7 let t_3 = sub t_2 y
            #8 let t_4 = mul t_1 t_3
            result t_4
    "#]]
    .assert_eq(&phase("lower", SHIFTED));
}
