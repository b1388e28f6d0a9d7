//! A number as bars, for tills whose scanner reads nothing else: Code 128 (ISO/IEC 15417), drawn as SVG in the page.

use minijinja::value::Value;

/// The widths of bar, gap, bar, gap, bar and gap of each of the 107 signs, in modules.
const WIDTHS: &str = "\
     212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222\
     123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321\
     232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121\
     313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224\
     111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111\
     111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113\
     114311411113411311113141114131311141411131211412211214211232233111";
/// The sign that begins pairs of digits, and the one that ends everything; a bar of two modules closes it.
const PAIRS: usize = 105;
const STOP: usize = 106;
/// Light modules at both ends, as many as readers need; and how high the bars are.
const QUIET: usize = 10;
const HEIGHT: usize = 28;

/// An even number of digits as bars, dark on light in every scheme; anything else becomes nothing. Spaces do not count.
pub(crate) fn bars(number: &str, label: &str) -> Value {
    let digits: Vec<u8> = number.bytes().filter(|byte| *byte != b' ').collect();
    if digits.is_empty() || digits.len() % 2 == 1 || !digits.iter().all(u8::is_ascii_digit) {
        return Value::from("");
    }
    let pairs = digits.chunks(2).map(|pair| usize::from(pair[0] - b'0') * 10 + usize::from(pair[1] - b'0'));
    let mut signs: Vec<usize> = std::iter::once(PAIRS).chain(pairs).collect();
    let sum: usize = signs.iter().enumerate().map(|(place, sign)| place * sign).sum();
    signs.extend([(PAIRS + sum) % 103, STOP]);
    let widths = signs.iter().flat_map(|sign| WIDTHS.bytes().skip(sign * 6).take(6)).chain([b'2']);
    let (mut path, mut at) = (String::new(), QUIET);
    for (n, width) in widths.map(|width| usize::from(width - b'0')).enumerate() {
        if n % 2 == 0 {
            path.push_str(&format!("M{at} 0h{width}v{HEIGHT}h-{width}z"));
        }
        at += width;
    }
    let (wide, label) = (at + QUIET, crate::render::escaped(label));
    Value::from_safe_string(format!(
        "<svg class=\"bars\" viewBox=\"0 0 {wide} {HEIGHT}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{wide}v{HEIGHT}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of a drawing, 1 for dark.
    fn modules(svg: &str) -> String {
        let path = svg.rsplit("d=\"").next().and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let mut modules = String::new();
        for bar in path.split('M').skip(1) {
            let (at, rest) = bar.split_once(" 0h").expect("a bar");
            let width: usize = rest.split('v').next().and_then(|width| width.parse().ok()).expect("a width");
            modules.extend(std::iter::repeat_n('0', at.parse::<usize>().expect("a place") - modules.len()));
            modules.extend(std::iter::repeat_n('1', width));
        }
        modules
    }

    #[test]
    fn every_sign_is_eleven_modules_and_like_no_other() {
        let widths = WIDTHS.as_bytes().chunks(6);
        assert_eq!(widths.len(), 107);
        assert_eq!(widths.clone().collect::<std::collections::HashSet<_>>().len(), 107);
        assert!(widths.clone().all(|sign| sign.iter().map(|width| width - b'0').sum::<u8>() == 11));
        let even = |sign: &[u8]| (sign[0] + sign[2] + sign[4] - 3 * b'0').is_multiple_of(2);
        assert!(widths.take(106).all(even), "the parity that readers check");
    }

    #[test]
    fn a_number_is_the_bars_that_a_scanner_reads() {
        let svg = bars("4711 230 815", "Nummer & Bars").to_string();
        assert!(svg.contains("aria-label=\"Nummer &amp; Bars\""), "{svg}");
        // From a picture of these modules zxing-cpp 3 reads Code 128 and the number.
        let expected =
            "110100111001000111011011000100100111011011101000110010010111001100110001000101100011101011";
        assert_eq!(modules(&svg).trim_start_matches('0'), expected);
        for other in ["", "123", "12a4"] {
            assert_eq!(bars(other, "").to_string(), "");
        }
    }
}
