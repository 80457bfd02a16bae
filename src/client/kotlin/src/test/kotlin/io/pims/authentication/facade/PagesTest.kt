package io.pims.authentication.facade

import io.pims.authentication.facade.coroutines.Pending
import java.nio.file.Files
import java.nio.file.Path
import javax.tools.ToolProvider
import kotlin.io.path.readText
import kotlin.io.path.writeText
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The Java and Kotlin of the pages, compiled as an application's that has the facade. */
class PagesTest {

    private val root = Path.of(System.getProperty("service.directory"))
    private val blocks = listOf("README.md", "src/site/markdown/facade.md", "src/site/markdown/api.md")
        .flatMap { blocks(root.resolve(it).readText()) }

    @Test
    fun the_java_of_the_pages_compiles(@TempDir folder: Path) {
        val java = blocks.filter { it.first == "java" }.map { it.second }
        val file = folder.resolve("Sample.java")
        val methods = java.withIndex().joinToString("\n") { (number, code) -> "void sample$number() {\n$code\n}" }
        file.writeText(
            """
            import io.pims.authentication.facade.*;
            import java.net.URI;
            import java.util.Map;
            abstract class Sample {
                interface Login { String freshToken(); }
                Login login;
                abstract void askForTheCode();
                abstract void show(Map<?, ?> error);
                abstract void tell(Object status);
            """.trimIndent() + methods + "}",
        )
        val classPath = System.getProperty("java.class.path")

        val exit = ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "11", "-d", folder.toString(), "-cp", classPath, file.toString())

        assertThat(java).isNotEmpty()
        assertThat(exit).`as`(methods).isZero()
    }

    @Test
    fun the_kotlin_of_the_pages_compiles(@TempDir folder: Path) {
        val kotlin = blocks.filter { it.first == "kotlin" }.map { it.second }
        val functions = kotlin.withIndex().joinToString("\n") { (number, code) ->
            "suspend fun Sample.sample$number() {\n$code\n}"
        }

        val compiled = KotlinCompiler.compile(
            folder,
            """
            @file:Suppress("UNUSED_VARIABLE", "UNUSED_EXPRESSION")
            import io.pims.authentication.facade.*
            import io.pims.authentication.facade.coroutines.*
            import java.net.URI
            import okhttp3.OkHttpClient
            interface Login { fun freshToken(): String }
            abstract class Sample {
                abstract val login: Login
                abstract val http: OkHttpClient
                abstract fun runOnUiThread(task: Runnable)
                abstract fun askForTheCode()
                abstract fun show(what: Any?)
                abstract val code: String
                abstract val pin: String
            }
            """.trimIndent() + "\n" + functions,
            "SampleKt",
        )

        assertThat(kotlin).isNotEmpty()
        assertThat(compiled.declaredMethods).hasSizeGreaterThanOrEqualTo(kotlin.size)
    }

    @Test
    fun the_dependency_of_the_page_is_this_one() {
        val pom = Files.readString(root.resolve("src/client/kotlin/pom.xml"))
        val version = Regex("<version>(.*?)</version>").find(pom)!!.groupValues[1]
        val page = blocks.filter { it.first == "xml" }.joinToString("\n") { it.second }

        assertThat(root.resolve("src/site/markdown/facade.md").readText())
            .contains("implementation \"io.pims:authentication-client-kotlin:$version\"")
        assertThat(page).contains(
            "<artifactId>authentication-client</artifactId>",
            "<artifactId>authentication-client-kotlin</artifactId>",
            "<version>$version</version>",
        )
    }

    @Test
    fun what_the_page_says_of_versions_is_so() {
        val parent = Files.readString(root.resolve("src/client/pom.xml"))
        val page = root.resolve("src/site/markdown/facade.md").readText()
        val metadata = Pending::class.java.getAnnotation(Metadata::class.java).metadataVersion

        fun version(library: String): String = Regex("<$library.version>(\\d+\\.\\d+)").find(parent)!!.groupValues[1]

        assertThat(page).contains("OkHttp ${version("okhttp")} and Moshi ${version("moshi")}")
        // A compiler reads what is one version ahead of it.
        assertThat(page).contains("| Kotlin, if you use the second | ${metadata[0]}.${metadata[1] - 1} and newer |")
    }

    private fun blocks(page: String): List<Pair<String, String>> =
        Regex("(?ms)^```(java|kotlin|xml)\n(.*?)^```").findAll(page)
            .map { it.groupValues[1] to it.groupValues[2] }
            .toList()
}
