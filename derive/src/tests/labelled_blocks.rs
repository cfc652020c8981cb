use super::phase;
use expect_test::expect;

const CLIPPED: &str = "
    #[backprop]
    fn clipped(x: f64) -> f64 {
        let y = 'a: {
            if x > 1.0 {
                break 'a 1.0;
            }
            x * x
        };
        y * x
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn clipped(x)
            #0 declare y
            #8 loop counting trips
                #3 if x > 1.0
                    #1 init y = 1.0
                    #2 break 1
                #7 rest
                    #4 let t = mul x x
                    #5 init y = t
                    #6 break 1
            #9 let t_1 = mul y x
            result t_1
    "#]]
    .assert_eq(&phase("lower", CLIPPED));
}
