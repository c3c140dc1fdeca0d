package dev.coterie;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** The shape of the house: which package may know which. */
@AnalyzeClasses(packages = "dev.coterie", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** In the order the data moves; a class may import only from its own package and above. */
    static final List<String> ORDER =
            List.of(
                    "language",
                    "error",
                    "progress",
                    "config",
                    "store",
                    "llm",
                    "collect",
                    "prepare",
                    "embed",
                    "words",
                    "features",
                    "segment",
                    "predict",
                    "proof",
                    "rule",
                    "describe",
                    "brief",
                    "tools",
                    "chat",
                    "run",
                    "invent",
                    "demo",
                    "eval",
                    "api",
                    "cli");

    @ArchTest
    static final ArchRule importsPointOnlyUp =
            classes().should(importOnlyFromAbove()).because("data moves one way");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.coterie.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassHasAPlaceInTheOrder =
            classes()
                    .should()
                    .resideInAnyPackage(
                            java.util.stream.Stream.concat(
                                            java.util.stream.Stream.of("dev.coterie"),
                                            ORDER.stream().map(p -> "dev.coterie." + p))
                                    .toArray(String[]::new))
                    .because("a new package gets its place in this list and in the README");

    @ArchTest
    static final ArchRule onlyEmbedKnowsTheEncodersLibraries =
            onlyIn("the encoders run there", List.of("embed"), "ai.onnxruntime..", "ai.djl..");

    @ArchTest
    static final ArchRule onlyApiKnowsHttpServers =
            onlyIn(
                    "only api speaks HTTP",
                    List.of("api"),
                    "io.javalin..",
                    "jakarta.servlet..",
                    "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule onlyCliKnowsTheTerminal =
            onlyIn("only cli reads arguments", List.of("cli"), "picocli..");

    @ArchTest
    static final ArchRule tablesawStopsInPrepare =
            onlyIn("later stages see records", List.of("prepare"), "tech.tablesaw..");

    @ArchTest
    static final ArchRule languageModelsStayWithThoseWhoWrite =
            onlyIn(
                    "numbers never come from a language model",
                    List.of("llm", "describe", "brief", "tools", "chat"),
                    "dev.langchain4j..");

    @ArchTest
    static final ArchRule chineseIsSplitInOnePlace =
            onlyIn("one way to split words", List.of("words"), "org.apache.lucene..");

    @ArchTest
    static final ArchRule linearAlgebraStaysWithTheNumbers =
            onlyIn(
                    "libraries of one stage stay there",
                    List.of("features", "segment", "predict"),
                    "org.ejml..",
                    "de.bwaldvogel..");

    @ArchTest
    static final ArchRule filesAreParsedInCollect =
            onlyIn(
                    "one reader for untrusted files, one writer for exports",
                    List.of("collect", "run", "api", "cli"),
                    "de.siegmar..");

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Helpers")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveSimpleNameEndingWith("Common");

    @ArchTest
    static final ArchRule nothingIsDeserialisedTheJavaWay =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(java.io.ObjectInputStream.class);

    private static ArchRule onlyIn(String reason, List<String> packages, String... library) {
        return noClasses()
                .that(liveOutside(packages))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .because(reason);
    }

    private static DescribedPredicate<JavaClass> liveOutside(List<String> packages) {
        return DescribedPredicate.describe(
                "live outside " + packages, type -> !packages.contains(capability(type)));
    }

    /** The package below dev.coterie; empty for the composition root. */
    private static String capability(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }

    private static int rank(JavaClass type) {
        String capability = capability(type);
        return capability.isEmpty() ? ORDER.size() : ORDER.indexOf(capability);
    }

    private static ArchCondition<JavaClass> importOnlyFromAbove() {
        return new ArchCondition<>("import only from packages above its own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    boolean ours = target.getPackageName().startsWith("dev.coterie");
                    if (ours && rank(target) > rank(type)) {
                        events.add(
                                SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
