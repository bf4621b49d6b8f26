package dev.facet.cli.calibration;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/**
 * Renders a calibration as one self-contained page, with a light and a dark mode, without scripts
 * or external resources. The templates are in {@code src/main/jte}; the build generates classes of
 * this package from them.
 */
final class HtmlReport {

  private static final String PACKAGE = "dev.facet.cli.calibration";

  private HtmlReport() {}

  /** Returns the whole page. */
  static String of(PhotoSet photoSet, Calibration calibration) {
    StringOutput page = new StringOutput();
    TemplateEngine.createPrecompiled(null, ContentType.Html, null, PACKAGE)
        .render(
            "report.jte",
            Map.of(
                "photos", photoSet, "calibration", calibration, "charts", new Charts(calibration)),
            page);
    return page.toString();
  }
}
