package dev.facet.cli.calibration.degradation;

import static dev.facet.cli.calibration.degradation.Degradation.Purpose.FITTING;
import static dev.facet.cli.calibration.degradation.Degradation.Purpose.VALIDATION;

import dev.facet.cli.calibration.degradation.Degradation.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue of degradations. The list decides which kinds a fit may see: kinds for validation
 * are of other causes than those for fitting, or of the same cause in another form. Lengths are in
 * eye distances, "px" are rows of a face.
 */
public final class Degradations {

  private static final List<Degradation> ALL = catalogue();

  private Degradations() {}

  /** Returns all degradations; strengths of one kind follow each other, mildest first. */
  public static List<Degradation> all() {
    return ALL;
  }

  private static List<Degradation> catalogue() {
    Catalogue list = new Catalogue();
    turns(list);
    covers(list);
    light(list);
    blurs(list);
    noise(list);
    scales(list);
    media(list);
    return List.copyOf(list.entries);
  }

  private static void turns(Catalogue list) {
    list.kind("turned to the left", FITTING).hard("90°", TurnEffects.turned(3));
    list.kind("upside down", FITTING).hard("180°", TurnEffects.turned(2));
    list.kind("turned to the right", VALIDATION).hard("90°", TurnEffects.turned(1));
    list.kind("tilted", FITTING)
        .mild("15°", TurnEffects.tilted(15))
        .mild("30°", TurnEffects.tilted(30))
        .hard("45°", TurnEffects.tilted(45))
        .hard("75°", TurnEffects.tilted(75));
    list.kind("tilted further", VALIDATION)
        .hard("60°", TurnEffects.tilted(60))
        .hard("120°", TurnEffects.tilted(120));
    list.kind("squeezed in width", FITTING).hard("× 0.5", TurnEffects.squeezed(0.5, 1));

    list.kind("squeezed in height", FITTING).hard("× 0.5", TurnEffects.squeezed(1, 0.5));

    list.kind("rolling shear", VALIDATION)
        .hard("0.25", TurnEffects.sheared(0.25))
        .hard("0.5", TurnEffects.sheared(0.5));
    list.kind("fisheye", VALIDATION).hard("0.7", TurnEffects.bulged(0.7));

    list.kind("keystone", VALIDATION).hard("0.3", TurnEffects.keystoned(0.3));

    list.kind("rippled glass", VALIDATION).hard("0.07", TurnEffects.rippled(0.07));

    list.kind("half cut off", VALIDATION).hard("", TurnEffects.halfCutOff());
    list.kind("cut below", FITTING).hard("the nose", TurnEffects.cutBelow(0.8));
    list.kind("cut above", VALIDATION)
        .hard("the brows", TurnEffects.cutAbove(-0.3))
        .hard("the nose", TurnEffects.cutAbove(0.2));
  }

  private static void covers(Catalogue list) {
    list.kind("spectacles", VALIDATION).mild("", CoverEffects.spectacles());
    list.kind("sunglasses", FITTING).hard("", CoverEffects.sunglasses());
    list.kind("surgical mask", FITTING).mild("", CoverEffects.surgicalMask());
    list.kind("scarf", VALIDATION)
        .hard("to the mouth", CoverEffects.scarf(0.9))
        .hard("to the nose", CoverEffects.scarf(0.45));
    list.kind("bar over the eyes", FITTING).hard("", CoverEffects.barOverEyes());
    list.kind("half hidden", FITTING).hard("", CoverEffects.halfHidden());
    list.kind("hand over the mouth", VALIDATION)
        .hard("", CoverEffects.hand(1))
        .hard("and nose", CoverEffects.hand(1.6));
    list.kind("hair", VALIDATION)
        .hard("to the brows", CoverEffects.fringe(-0.3))
        .hard("over the eyes", CoverEffects.fringe(0.1));
    list.kind("hat", VALIDATION).hard("", CoverEffects.hat());
    list.kind("patches", FITTING).hard("8", CoverEffects.patches(8));

    list.kind("scratches", VALIDATION)
        .hard("6", CoverEffects.scratches(6))
        .hard("25", CoverEffects.scratches(25));
    list.kind("fence", VALIDATION).hard("", CoverEffects.fence(0.8));
    list.kind("text overlay", VALIDATION).hard("8 lines", CoverEffects.text(8));
  }

  private static void light(Catalogue list) {
    list.kind("dark", FITTING)
        .mild("× 0.2", LightEffects.exposed(0.2))
        .hard("× 0.05", LightEffects.exposed(0.05));
    list.kind("bright", FITTING).hard("× 4", LightEffects.exposed(4));

    list.kind("gamma", VALIDATION)
        .hard("0.35", LightEffects.gamma(0.35))
        .hard("3.5", LightEffects.gamma(3.5));
    list.kind("low contrast", FITTING).hard("× 0.1", LightEffects.contrast(0.1));

    list.kind("haze", VALIDATION)
        .hard("60 %", LightEffects.haze(0.6))
        .hard("85 %", LightEffects.haze(0.85));
    list.kind("colour cast", VALIDATION).hard("blue", LightEffects.cast(1.4, 0.6, 0.25));

    list.kind("grey", VALIDATION).hard("", LightEffects.grey());
    list.kind("red and blue swapped", VALIDATION).hard("", LightEffects.swappedColours());
    list.kind("negative", FITTING).hard("", LightEffects.negative());
    list.kind("solarised", VALIDATION).hard("at 128", LightEffects.solarised(128));
    list.kind("posterised", FITTING).hard("to 2 levels", LightEffects.posterised(2));

    list.kind("black and white", VALIDATION).hard("", LightEffects.threshold());
    list.kind("side shadow", VALIDATION).hard("5 %", LightEffects.sideShadow(0.05));

    list.kind("striped shadow", VALIDATION).hard("30 %", LightEffects.stripedShadow(0.3));
    list.kind("vignette", VALIDATION).hard("1.2", LightEffects.vignette(1.2));
    list.kind("glare", VALIDATION)
        .hard("0.6", LightEffects.glare(0.6))
        .hard("1.2", LightEffects.glare(1.2));
  }

  private static void blurs(Catalogue list) {
    list.kind("Gaussian blur", FITTING)
        .hard("0.04", BlurEffects.gaussian(0.04))
        .hard("0.07", BlurEffects.gaussian(0.07))
        .hard("0.12", BlurEffects.gaussian(0.12));
    list.kind("motion blur", FITTING)
        .hard("0.2", BlurEffects.motion(0.2))
        .hard("0.36", BlurEffects.motion(0.36))
        .hard("0.6", BlurEffects.motion(0.6));
    list.kind("camera shake", VALIDATION)
        .hard("0.4", BlurEffects.shaken(0.4))
        .hard("0.7", BlurEffects.shaken(0.7));
    list.kind("defocus", VALIDATION)
        .hard("0.1", BlurEffects.defocused(0.1))
        .hard("0.2", BlurEffects.defocused(0.2));
    list.kind("zoom blur", VALIDATION)
        .hard("15 %", BlurEffects.zoomed(0.15))
        .hard("35 %", BlurEffects.zoomed(0.35));
    list.kind("double exposure", VALIDATION)
        .hard("0.15", BlurEffects.doubled(0.15))
        .hard("0.4", BlurEffects.doubled(0.4));
    list.kind("painted", VALIDATION)
        .hard("0.2", BlurEffects.painted(0.2))
        .hard("0.35", BlurEffects.painted(0.35));
    list.kind("oversharpened", VALIDATION).hard("× 4", BlurEffects.oversharpened(4));
  }

  private static void noise(Catalogue list) {
    list.kind("Gaussian noise", FITTING)
        .hard("σ 25", NoiseEffects.gaussian(25))
        .hard("σ 50", NoiseEffects.gaussian(50));
    list.kind("salt and pepper", VALIDATION).hard("15 %", NoiseEffects.saltAndPepper(0.15));

    list.kind("dim and noisy", VALIDATION)
        .hard("× 0.2", NoiseEffects.dimAndNoisy(0.2, 25))
        .hard("× 0.1", NoiseEffects.dimAndNoisy(0.1, 40));
    list.kind("interlaced", VALIDATION)
        .hard("0.1", NoiseEffects.interlaced(0.1))
        .hard("0.25", NoiseEffects.interlaced(0.25));
    list.kind("torn video", VALIDATION).hard("0.2", NoiseEffects.torn(0.2));
    list.kind("lost blocks", VALIDATION).hard("40 %", NoiseEffects.lostBlocks(0.4));
  }

  private static void scales(Catalogue list) {
    list.kind("small", FITTING)
        .mild("32 px", ScaleEffects.small(32))
        .mild("24 px", ScaleEffects.small(24))
        .hard("16 px", ScaleEffects.small(16));
    list.kind("enlarged", VALIDATION)
        .hard("from 24 px", ScaleEffects.enlarged(24))
        .hard("from 14 px", ScaleEffects.enlarged(14));
    list.kind("pixelated", FITTING)
        .hard("0.12", ScaleEffects.pixelated(0.12))
        .hard("0.2", ScaleEffects.pixelated(0.2));
    list.kind("JPEG", FITTING)
        .mild("quality 20", ScaleEffects.jpeg(20))
        .hard("quality 8", ScaleEffects.jpeg(8))
        .hard("quality 3", ScaleEffects.jpeg(3));
    list.kind("WebP", VALIDATION)
        .hard("quality 10", ScaleEffects.webp(10))
        .hard("quality 1", ScaleEffects.webp(1));
  }

  private static void media(Catalogue list) {
    list.kind("pencil sketch", FITTING).hard("", PrintEffects.sketch(0.2));
    list.kind("relief", VALIDATION).hard("", PrintEffects.embossed());
    list.kind("halftone print", VALIDATION)
        .hard("0.1", PrintEffects.halftone(0.1))
        .hard("0.18", PrintEffects.halftone(0.18));
    list.kind("screen moiré", VALIDATION)
        .hard("0.4", PrintEffects.moire(0.4))
        .hard("0.9", PrintEffects.moire(0.9));
    list.kind("scan lines", VALIDATION).hard("0.12", PrintEffects.scanLines(0.12));
  }

  /** Collects the entries of the catalogue. */
  private static final class Catalogue {

    private final List<Degradation> entries = new ArrayList<>();

    Kind kind(String name, Purpose purpose) {
      return new Kind(this, name, purpose);
    }
  }

  /** Adds the strengths of one kind. */
  private record Kind(Catalogue list, String name, Purpose purpose) {

    Kind mild(String strength, Effect effect) {
      list.entries.add(new Degradation(name, strength, purpose, true, effect));
      return this;
    }

    Kind hard(String strength, Effect effect) {
      list.entries.add(new Degradation(name, strength, purpose, false, effect));
      return this;
    }
  }
}
