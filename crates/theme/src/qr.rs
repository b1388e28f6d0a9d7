//! A code for telephones, drawn as SVG in the page: no picture, no request, nobody asked.

use minijinja::value::Value;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, as many as readers need (ISO/IEC 18004 §9.1).
const MARGIN: usize = 4;

/// The text as a QR code, dark on light in every scheme; what is too long for one becomes nothing.
pub(crate) fn qr(text: &str, label: &str) -> Value {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Value::from("") };
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in line.chunk_by(|one, other| one == other) {
            if run[0] == Color::Dark {
                let (x, y, length) = (column + MARGIN, row + MARGIN, run.len());
                path.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
            }
            column += run.len();
        }
    }
    let size = width + 2 * MARGIN;
    let label = crate::render::escaped(label);
    Value::from_safe_string(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::qr;

    #[test]
    fn a_code_is_one_drawing_with_a_name() {
        let svg =
            qr("https://zeitung.example/benefits/partner?code=DON-47K92M", "Code & \"mehr\"").to_string();
        assert!(svg.starts_with("<svg class=\"qr\" viewBox=\"0 0 41 41\" role=\"img\""), "{svg}");
        assert!(svg.contains("aria-label=\"Code &amp; &quot;mehr&quot;\""), "{svg}");
        // The finder in the corner: seven dark modules.
        assert!(svg.contains("d=\"M4 4h7v1h-7z"), "{svg}");
        assert_eq!(qr(&"x".repeat(4000), "").to_string(), "");
    }
}
