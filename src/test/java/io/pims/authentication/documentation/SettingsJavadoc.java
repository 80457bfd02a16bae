package io.pims.authentication.documentation;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SimpleDocTreeVisitor;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The Javadoc of the settings' methods as cells of a table. Of Javadoc it reads text, {@code {@code x}} and
 * {@code {@link X}}; anything else fails. The name of a page in {@code {@code}} becomes a link to it.
 */
final class SettingsJavadoc {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** A page and a heading in it. */
    private static final Pattern PLACE = Pattern.compile("([a-z-]+)\\.md(#[a-z0-9-]+)?");

    /** By binary name of the interface and name of the method. */
    private final Map<String, String> cells = new HashMap<>();

    /** @param settings methods of mappings, nested ones included */
    SettingsJavadoc(Collection<Method> settings) throws IOException {
        Set<Path> files = settings.stream()
                .map(setting -> SOURCES.resolve(
                        outermost(setting.getDeclaringClass()).getName().replace('.', '/') + ".java"))
                .collect(toSet());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            Methods methods = new Methods(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                methods.scan(unit, unit.getPackageName().toString());
            }
        }
    }

    /** Returns the text of a setting's method, without its bounds. */
    String cell(Method setting) {
        String name = setting.getDeclaringClass().getName() + "." + setting.getName();
        String cell = cells.get(name);
        if (cell == null) {
            throw new IllegalStateException("No Javadoc at " + name);
        }
        return cell;
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
    }

    /** Goes down with the name of the package or of the type that it is in. */
    private final class Methods extends TreePathScanner<Void, String> {

        private final DocTrees trees;

        private Methods(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            String separator = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree ? "$" : ".";
            return super.visitClass(type, outer + separator + type.getSimpleName());
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            TreePath path = getCurrentPath();
            DocCommentTree comment = trees.getDocCommentTree(path);
            if (comment != null) {
                cells.put(type + "." + method.getName(), markdown(comment.getFullBody()));
            }
            return null;
        }
    }

    private static String markdown(List<? extends DocTree> body) {
        return body.stream()
                .map(part -> part.accept(new Part(), null))
                .collect(joining())
                .replaceAll("\\s+", " ")
                .replace("|", "\\|");
    }

    private static final class Part extends SimpleDocTreeVisitor<String, Void> {

        @Override
        public String visitText(TextTree text, Void none) {
            return text.getBody();
        }

        @Override
        public String visitLiteral(LiteralTree code, Void none) {
            String body = code.getBody().getBody();
            Matcher place = PLACE.matcher(body);
            return place.matches() ? "[%s](%s)".formatted(place.group(1).replace('-', ' '), body) : "`" + body + "`";
        }

        @Override
        public String visitLink(LinkTree link, Void none) {
            String signature = link.getReference().getSignature();
            return "`" + signature.substring(signature.indexOf('#') + 1) + "`";
        }

        @Override
        protected String defaultAction(DocTree part, Void none) {
            throw new IllegalStateException("Javadoc of a setting is text, {@code} and {@link}, not " + part);
        }
    }
}
