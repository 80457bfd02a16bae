import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes links work in the site as they do on a forge: gives each heading the anchor that GitHub would make of it, takes
 * links to files that are not in the site away from their text, and fails if any other leads nowhere. Run by the build as
 * it is, on the folder of the site.
 */
final class ForgeLinks {

    private static final Pattern HEADING = Pattern.compile("<h([1-6])>(.*?)</h\\1>", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\"[^>]*>(.*?)</a>", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\b(?:id|name)=\"([^\"]+)\"");
    private static final Pattern ENTITY = Pattern.compile("&(?:#x([0-9a-fA-F]+)|#(\\d+)|(amp|lt|gt|quot|apos));");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    private final Path site;
    private final Map<Path, String> pages = new TreeMap<>();

    private ForgeLinks(Path site) {
        this.site = site;
    }

    public static void main(String[] arguments) throws IOException {
        new ForgeLinks(Path.of(arguments[0])).repair();
    }

    private void repair() throws IOException {
        try (Stream<Path> files = Files.list(site)) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".html")).toList()) {
                pages.put(page, staying(withAnchors(Files.readString(page))));
            }
        }
        List<String> broken = new ArrayList<>();
        for (Map.Entry<Path, String> page : pages.entrySet()) {
            LINK.matcher(page.getValue())
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !isThere(page.getKey(), target))
                    .forEach(target -> broken.add(page.getKey() + ": " + target));
            Files.writeString(page.getKey(), page.getValue());
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException("These links lead nowhere:\n" + String.join("\n", broken));
        }
    }

    private static String withAnchors(String page) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(page).replaceAll(heading -> {
            String anchor = anchor(heading.group(2));
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            return Matcher.quoteReplacement("<h%1$s id=\"%2$s\">%3$s</h%1$s>"
                    .formatted(heading.group(1), before == 0 ? anchor : anchor + "-" + before, heading.group(2)));
        });
    }

    /** Letters, digits, hyphens and underscores in small letters, a hyphen for each blank. */
    private static String anchor(String heading) {
        return ENTITY.matcher(heading.replaceAll("<[^>]*>", ""))
                .replaceAll(entity -> Matcher.quoteReplacement(character(entity)))
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                .replaceAll("\\s", "-");
    }

    private static String character(MatchResult entity) {
        if (entity.group(1) != null) {
            return Character.toString(Integer.parseInt(entity.group(1), 16));
        }
        return entity.group(2) != null
                ? Character.toString(Integer.parseInt(entity.group(2)))
                : NAMED.get(entity.group(3));
    }

    /** Without the links that lead out of the site to a file beside it. */
    private static String staying(String page) {
        return LINK.matcher(page)
                .replaceAll(link ->
                        Matcher.quoteReplacement(link.group(1).startsWith("../") ? link.group(2) : link.group()));
    }

    private boolean isThere(Path page, String target) {
        URI uri = URI.create(target);
        if (uri.isAbsolute() || target.startsWith("//")) {
            return true;
        }
        Path file = uri.getPath().isEmpty() ? page : site.resolve(uri.getPath()).normalize();
        if (uri.getFragment() == null || !pages.containsKey(file)) {
            return Files.exists(file);
        }
        return places(pages.get(file)).contains(uri.getFragment());
    }

    private static Set<String> places(String page) {
        return PLACE.matcher(page)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
