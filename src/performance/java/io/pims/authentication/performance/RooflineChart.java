package io.pims.authentication.performance;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;

/** Our POST beside pgbench, as bars. */
final class RooflineChart {

    static final Path FILE = Path.of("src", "site", "markdown", "charts", "roofline.svg");

    private static final int WIDTH = 640;
    private static final int LEFT = 190;
    private static final int LONGEST = 330;
    private static final int BAR = 22;

    private RooflineChart() {}

    static String svg(JsonObject result) {
        double most = result.stream()
                .map(each -> (JsonObject) each.getValue())
                .mapToDouble(each -> Math.max(perSecond(each, "pgbench"), perSecond(each, "post")))
                .max()
                .orElseThrow();
        StringBuilder bars = new StringBuilder();
        int y = 40;
        for (String connections : result.fieldNames()) {
            JsonObject each = result.getJsonObject(connections);
            double pgbench = perSecond(each, "pgbench");
            double post = perSecond(each, "post");
            bars.append(bar(y, "pgbench, " + connections + " connections", pgbench, most, "#8a8f98", ""));
            bars.append(bar(
                    y + BAR + 4,
                    "POST, " + connections + " connections",
                    post,
                    most,
                    "#2f6fdb",
                    String.format(Locale.ROOT, " (%.2f ×)", post / pgbench)));
            y += 2 * BAR + 22;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                  <rect width="100%%" height="100%%" fill="#ffffff"/>
                  <text x="10" y="22" font-weight="bold">Accepted requests a second, and what PostgreSQL commits by itself</text>
                %s</svg>
                """.formatted(WIDTH, y, bars);
    }

    private static double perSecond(JsonObject each, String what) {
        return each.getJsonObject(what).getDouble("perSecond");
    }

    private static String bar(int y, String label, double value, double most, String colour, String note) {
        int length = (int) Math.round(LONGEST * value / most);
        return """
                  <text x="%d" y="%d" text-anchor="end">%s</text>
                  <rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>
                  <text x="%d" y="%d">%s%s</text>
                """.formatted(
                        LEFT - 8,
                        y + 16,
                        label,
                        LEFT,
                        y,
                        length,
                        BAR,
                        colour,
                        LEFT + length + 6,
                        y + 16,
                        String.format(Locale.ROOT, "%,.0f", value),
                        note);
    }
}
