//! Photographs and other pictures of pixels: decoded and encoded anew (T6.3), so that a page gets what was seen and nothing else.
//!
//! Whatever lay beside the pixels (place, camera, a thumbnail of what was cut away, a second file behind the first) stays behind.
//! A picture is turned the way its camera was held, and made no larger than a page can show.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as Filter, PngEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{Fresh, LONGEST_SIDE, PictureTrouble};

/// The most pixels that are decoded: what the largest cameras make.
const MOST_PIXELS: u64 = 60_000_000;
/// The most bytes that decoding may take.
const MOST_MEMORY: u64 = 512 << 20;
/// The widest that a page shows a picture, at twice the pixels of its 1,000.
const WIDEST: u32 = 2000;
/// As high as three times the width of a phone's screen.
const HIGHEST: u32 = 3000;
/// Of 100; below it skies show steps.
const QUALITY: u8 = 82;
/// A drawing of pixels larger than this is a photograph in the wrong format.
const LARGEST_PNG: usize = 600_000;

/// The picture made anew. Of a moving picture only the first frame is left.
pub(super) fn anew(bytes: &[u8]) -> Result<Fresh, PictureTrouble> {
    let picture = decoded(bytes)?;
    let fits = picture.width() <= WIDEST && picture.height() <= HIGHEST;
    let picture = if fits { picture } else { picture.resize(WIDEST, HIGHEST, FilterType::CatmullRom) };
    let (width, height) = (picture.width(), picture.height());
    let is_photograph = image::guess_format(bytes).is_ok_and(|format| format == ImageFormat::Jpeg);
    let drawn = if is_photograph { None } else { Some(png(&picture)?) };
    Ok(match drawn {
        Some(bytes) if bytes.len() <= LARGEST_PNG || is_seen_through(&picture) => {
            Fresh { ending: "png", width, height, bytes }
        }
        _ => Fresh { ending: "jpg", width, height, bytes: jpeg(&picture)? },
    })
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage, PictureTrouble> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureTrouble::NoPicture)?;
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(trouble)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureTrouble::TooManyPixels);
    }
    let held = decoder.orientation().map_err(trouble)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(trouble)?;
    picture.apply_orientation(held);
    Ok(picture)
}

fn trouble(error: ImageError) -> PictureTrouble {
    match error {
        ImageError::Limits(_) => PictureTrouble::TooManyPixels,
        _ => PictureTrouble::NoPicture,
    }
}

/// Whether paper shows through anywhere.
fn is_seen_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, PictureTrouble> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, Filter::Adaptive);
    let eight_bits = if picture.color().has_alpha() {
        DynamicImage::from(picture.to_rgba8())
    } else {
        DynamicImage::from(picture.to_rgb8())
    };
    eight_bits.write_with_encoder(encoder).map_err(trouble)?;
    Ok(bytes)
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, PictureTrouble> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(trouble)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    /// Left half red, right half blue.
    fn flag(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(
            width,
            height,
            |x, _| if x < width / 2 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) },
        )
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("encoded");
        bytes.into_inner()
    }

    /// A photograph as a phone makes it: held upright, with a place in its data and a word behind its end.
    fn from_a_phone() -> Vec<u8> {
        let plain = encoded(&flag(640, 480).into(), ImageFormat::Jpeg);
        // Big-endian TIFF with one entry, tag 0x0112 (orientation), type 3, count 1, value 6: turn clockwise.
        let exif =
            b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 GPS 48.2 16.4";
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length[..], &exif[..], &plain[2..], b"<script>behind</script>"].concat()
    }

    #[test]
    fn t6_3_what_lay_beside_the_pixels_stays_behind() {
        let fresh = anew(&from_a_phone()).expect("a picture");
        assert_eq!((fresh.ending, fresh.width, fresh.height), ("jpg", 480, 640), "turned as it was held");
        for hidden in [&b"Exif"[..], b"GPS", b"<script"] {
            assert!(!fresh.bytes.windows(hidden.len()).any(|window| window == hidden));
        }
        let seen = image::load_from_memory(&fresh.bytes).expect("a picture").to_rgb8();
        assert!(seen.get_pixel(240, 100).0[0] > 150, "red is on top");
        assert!(seen.get_pixel(240, 500).0[2] > 150, "blue is below");
    }

    #[test]
    fn t6_3_each_kind_is_made_anew_and_made_no_larger_than_a_page_shows() {
        let small = DynamicImage::from(flag(64, 48));
        for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            let fresh = anew(&encoded(&small, format)).expect("a picture");
            assert_eq!((fresh.ending, fresh.width, fresh.height), ("png", 64, 48), "{format:?}");
        }
        let wide = anew(&encoded(&flag(5000, 100).into(), ImageFormat::Jpeg)).expect("a picture");
        assert_eq!((wide.width, wide.height), (2000, 40));
        let glass = RgbaImage::from_pixel(40, 40, Rgba([1, 2, 3, 99]));
        let fresh = anew(&encoded(&glass.into(), ImageFormat::Png)).expect("a picture");
        let seen = image::load_from_memory(&fresh.bytes).expect("a picture").to_rgba8();
        assert_eq!(seen.get_pixel(3, 3).0, [1, 2, 3, 99]);
        let twice = (anew(&from_a_phone()), anew(&from_a_phone()));
        assert_eq!(twice.0.expect("one").bytes, twice.1.expect("two").bytes, "an import finds it again");
    }

    #[test]
    fn t6_3_half_a_picture_is_none() {
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let whole = encoded(&flag(200, 200).into(), format);
            assert!(anew(&whole[..whole.len() / 2]).is_err(), "{format:?}");
        }
        let header = |width: u32, height: u32| {
            let fields = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
            [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &fields, &[0; 4]].concat()
        };
        // Either the limit or the checksum says no; nothing is decoded.
        assert!(anew(&header(20_000, 20_000)).is_err());
        assert!(anew(&header(4_000_000_000, 1)).is_err());
    }
}
