package dev.coterie.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.coterie.demo.DemoData;
import dev.coterie.demo.DemoGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page in a real browser against the real server, from the list of projects to a brief.
 *
 * <p>The browser is {@code COTERIE_UI_BROWSER} or an installed Chromium. Without one the test is
 * skipped, and fails where {@code CI=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private static final String HOSTILE =
            "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>";

    /** What differs between the two rounds. */
    enum Round {
        ENGLISH(
                "en",
                "which segment is the largest?",
                "make a brief for segment 1 by email",
                "77,777 of them want a garden day.",
                DemoGenerator.english(42)),
        CHINESE("zh-CN", "哪个客群最大？", "为客群1写一份简报", "其中 77777 位想参加品茶会。", DemoGenerator.chinese(42));

        private final String language;
        private final String question;
        private final String wish;
        private final String claim;
        private final DemoData demo;

        Round(String language, String question, String wish, String claim, DemoData demo) {
            this.language = language;
            this.question = question;
            this.wish = wish;
            this.claim = claim;
            this.demo = demo;
        }

        /** A sentence of the page without arguments. */
        String say(String key) {
            try {
                Path file = Path.of("web/i18n/" + language + ".json");
                return new ObjectMapper().readTree(file.toFile()).path(key).asText();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final Map<Round, String> projects = new HashMap<>();
    private ShopServer server;
    private BrowserSession session;
    private Page page;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        session = BrowserSession.start();
        server = ShopServer.start(folder, false);
        for (Round round : Round.values()) {
            projects.put(
                    round, server.segmented(round.demo.projectName(), round.language, round.demo));
        }
    }

    @AfterAll
    void stop() {
        if (session != null) session.close();
        if (server != null) server.close();
    }

    @AfterEach
    void closePage() {
        session.closePage();
    }

    @ParameterizedTest
    @EnumSource(Round.class)
    void theWayFromTheProjectsToABriefWorks(Round round) throws IOException {
        page = session.open(round.language);
        page.navigate(server.address());
        assertThat(page.locator("tbody tr")).not().hasCount(0);
        session.assertAccessible("home");
        page.getByRole(AriaRole.LINK, BrowserSession.exactly(round.demo.projectName())).click();
        segments(round);
        profile(round);
        map(projects.get(round));
        chat(round);
        briefWhoseAnswerWasLostIsNotMadeTwice(round, projects.get(round));
        briefIsEditedCheckedAndPrinted(round);
        session.assertQuiet();
    }

    private void segments(Round round) throws IOException {
        Locator cards = page.locator(".segment-card");
        assertThat(cards.first()).isVisible();
        assertTrue(cards.count() >= 2, cards.count() + " segments");
        for (String name : page.locator(".segment-card h2").allInnerTexts()) {
            assertTrue(name.codePoints().filter(Character::isLetter).count() >= 2, name);
        }
        session.assertAccessible("segments");
        if (round == Round.ENGLISH) session.picture(Path.of("target/screenshots/segments-en.png"));
    }

    /** A figure shows on request where it comes from; the rule can be copied. */
    private void profile(Round round) throws IOException {
        page.locator(".segment-card h2 a").first().click();
        Locator figure = page.locator(".reading button.figure").first();
        assertThat(figure).isVisible();
        session.assertAccessible("profile");
        String shown = figure.innerText();
        figure.click();
        assertThat(page.locator("dialog .figure-big, [role=dialog] .figure-big"))
                .containsText(shown);
        page.keyboard().press("Escape");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        assertThat(page.locator(".rule-conditions li").first()).isVisible();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(round.say("rule.copy_sql")))
                .click();
        assertThat(page.locator(".toast").first()).isVisible();
        String copied = (String) page.evaluate("() => navigator.clipboard.readText()");
        assertTrue(copied.contains("SELECT c."), copied);
        nameChangedByTwoIsAskedAbout(round);
    }

    private void nameChangedByTwoIsAskedAbout(Round round) throws IOException {
        String project = "/api/v1/projects/" + projects.get(round).split("/")[2];
        String segment = server.get(project + "/segments").at("/data/0/id").asText();
        page.locator("#rename").click();
        page.request()
                .patch(
                        server.address() + "/api/v1/segments/" + segment,
                        RequestOptions.create().setData(Map.of("name", "Theirs")));
        page.locator("#rename-name").fill("Ours");
        page.locator("#rename-name").press("Enter");
        assertThat(page.locator(".conflict dd")).hasText(new String[] {"Theirs", "Ours"});
        assertThat(page.locator("h1")).not().containsText("Ours");
        session.assertAccessible("conflict");
        page.getByRole(AriaRole.BUTTON, BrowserSession.named(round.say("conflict.use_yours")))
                .click();
        assertThat(page.locator("h1")).containsText("Ours");
        session.expected("412");
        for (int i = 0; i < 2; i++)
            page.request().post(server.address() + project + "/segments:undo");
    }

    private void map(String project) {
        page.navigate(server.address() + project + "/map");
        assertThat(page.locator(".map-label:not(.off)").first()).isVisible();
        Awaitility.await("points on the map")
                .atMost(Duration.ofSeconds(20))
                .pollInSameThread()
                .until(() -> colours() > 3);
    }

    /** Different colours on the canvas; an empty one has a single one. */
    private int colours() {
        Object count =
                page.locator(".map-box canvas")
                        .evaluate(
                                "canvas => {"
                                        + " const copy = new OffscreenCanvas(canvas.width,"
                                        + " canvas.height).getContext('2d');"
                                        + " copy.drawImage(canvas, 0, 0);"
                                        + " const rgba = copy.getImageData(0, 0, canvas.width,"
                                        + " canvas.height).data;"
                                        + " return new Set(new Uint32Array(rgba.buffer)).size; }");
        return ((Number) count).intValue();
    }

    private void chat(Round round) {
        page.navigate(server.address() + projects.get(round) + "/chat");
        assertAnswered(round.question);
        assertThat(page.locator(".answer .reading .figure").first())
                .hasText(Pattern.compile(".*\\d.*"));
        page.getByRole(AriaRole.BUTTON, BrowserSession.exactly(round.say("chat.regenerate")))
                .click();
        assertThat(page.locator(".answer-foot .versions")).hasText(Pattern.compile("2/2"));
        assertThat(page.locator(".turn")).hasCount(1);
        page.getByRole(AriaRole.BUTTON, BrowserSession.exactly(round.say("chat.edit"))).click();
        page.locator("#ask").press("Enter");
        assertThat(page.locator(".question .versions")).hasText(Pattern.compile("2/2"));
        assertThat(page.locator(".turn")).hasCount(1);
        assertThat(page.locator(".answer[aria-busy=false] .reading"))
                .hasText(Pattern.compile("\\S"));
        session.assertAccessible("chat");
        assertAnswered(round.wish);
        page.locator(".proposal button").click();
        page.locator(".proposal a").click();
        assertThat(page.locator(".brief-section")).hasCount(13);
    }

    private void assertAnswered(String question) {
        page.locator("#ask").fill(question);
        page.locator("#ask").press("Enter");
        assertThat(page.locator(".turn").last().locator(".answer[aria-busy=false] .reading"))
                .hasText(Pattern.compile("\\S"));
    }

    private void brief(Round round, String project) {
        page.navigate(server.address() + project + "/briefs?seg=1");
        page.getByRole(AriaRole.BUTTON, BrowserSession.named(round.say("brief.make"))).click();
        assertThat(page.locator(".brief-section")).hasCount(13);
    }

    /** The server writes the brief, its answer does not arrive, and the person presses again. */
    private void briefWhoseAnswerWasLostIsNotMadeTwice(Round round, String project)
            throws IOException {
        String briefs = "/api/v1/projects/" + project.split("/")[2] + "/briefs";
        int before = server.get(briefs).path("data").size();
        page.route(
                "**/briefs",
                route -> {
                    route.fetch();
                    route.abort();
                },
                new Page.RouteOptions().setTimes(1));
        page.navigate(server.address() + project + "/briefs?seg=1");
        Locator make =
                page.getByRole(AriaRole.BUTTON, BrowserSession.named(round.say("brief.make")));
        make.click();
        assertThat(page.locator("form .notice")).isVisible();
        make.click();
        assertThat(page.locator(".brief-section")).hasCount(13);
        assertEquals(before + 1, server.get(briefs).path("data").size());
        session.expected("ERR_FAILED");
    }

    private void briefIsEditedCheckedAndPrinted(Round round) {
        assertPrintsToFourPagesAtMost();
        // A person's statement with a false number is found, survives writing anew, and goes.
        Locator offer = page.locator("#s-offer .brief-item").first();
        offer.hover();
        offer.locator("[id^='edit-']").click();
        page.locator(".brief-editor textarea").fill(round.claim);
        page.getByRole(AriaRole.BUTTON, BrowserSession.named(round.say("action.save"))).click();
        assertThat(offer).containsText(round.claim);
        offer.hover();
        offer.locator("[id^='lock-']").click();
        assertThat(offer.locator("[id^='lock-']")).hasAttribute("aria-pressed", "true");
        page.locator("#s-offer .brief-section-head .btn-icon").nth(1).click();
        assertThat(page.getByText(round.say("brief.regenerated")).first()).isVisible();
        assertThat(offer).containsText(round.claim);
        page.getByRole(AriaRole.BUTTON, BrowserSession.named(round.say("brief.check"))).click();
        assertThat(offer.locator(".finding")).hasCount(1);
        session.assertAccessible("brief");
        offer.hover();
        offer.locator(".btn-icon").last().click();
        assertThat(page.locator("#s-offer")).not().containsText(round.claim);
        page.getByRole(AriaRole.BUTTON, BrowserSession.named(round.say("brief.check"))).click();
        assertThat(page.getByText(round.claim)).hasCount(0);
    }

    private void assertPrintsToFourPagesAtMost() {
        byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true));
        var matcher =
                Pattern.compile("/Type\\s*/Page\\b(?!s)")
                        .matcher(new String(pdf, StandardCharsets.ISO_8859_1));
        long pages = matcher.results().count();
        assertTrue(pages >= 2 && pages <= 4, "the brief prints to " + pages + " pages");
    }

    @ParameterizedTest
    @EnumSource(Round.class)
    void segmentsAreMergedAfterAPreviewAndTheMergeIsTakenBack(Round round) {
        page = session.open(round.language);
        page.navigate(server.address() + projects.get(round) + "/segments?view=tree");
        assertThat(page.locator(".dendrogram path.branch").first()).isVisible();
        int segments = page.locator(".dendrogram .segment-link").count();
        session.assertAccessible("tree");
        assertThat(page.locator(".branch-name")).hasCount(segments - 1);
        page.locator(".branch-name").last().click();
        assertThat(page.locator("dialog dd").first()).isVisible();
        // The top node is everybody, and rests on no figure.
        if (segments > 2) assertThat(page.locator("dialog dd .figure").first()).isVisible();
        session.assertAccessible("branch");
        page.keyboard().press("Escape");
        page.locator(".tree-figure .chart-tools button").click();
        assertThat(page.locator(".table-wrap:not(.branch-table) tbody tr")).hasCount(segments);
        assertThat(page.locator(".branch-table tbody tr")).hasCount(segments - 1);
        page.getByRole(AriaRole.BUTTON, BrowserSession.exactly(round.say("segments.cards")))
                .click();
        assertThat(page.locator(".segment-card")).hasCount(segments);
        page.getByRole(AriaRole.BUTTON, BrowserSession.exactly(round.say("edits.merge"))).click();
        page.locator(".edit-choice input").nth(0).check();
        page.locator(".edit-choice input").nth(1).check();
        String planned =
                page.locator("dialog tbody th .segment-link > span:last-child").innerText();
        session.assertAccessible("merge");
        assertThat(page.locator(".segment-card")).hasCount(segments); // nothing happened yet
        page.locator("dialog .btn-primary").click();
        assertThat(page.locator(".segment-card")).hasCount(segments - 1);
        assertThat(page.locator(".segment-card h2").first()).containsText(planned);
        page.locator(".toast button").first().click();
        assertThat(page.locator(".segment-card")).hasCount(segments);
        page.getByRole(AriaRole.BUTTON, BrowserSession.exactly(round.say("history.button")))
                .click();
        assertThat(page.locator(".history .undone")).hasCount(1);
        page.getByRole(AriaRole.BUTTON, BrowserSession.exactly(round.say("segments.outliers")))
                .click();
        assertThat(page.locator("#panel h2")).hasText(round.say("outliers.title"));
        session.assertAccessible("outliers");
        session.assertQuiet();
    }

    /** The automatic balance is shown; shares of one's own make another run, on a phone too. */
    @ParameterizedTest
    @EnumSource(Round.class)
    void anotherRunHasTheSharesThatAPersonTyped(Round round) throws IOException {
        page = session.open(round.language);
        page.setViewportSize(390, 844);
        page.navigate(server.address() + projects.get(round) + "/progress");
        page.locator("select[name=algorithm]").selectOption("spherical");
        page.locator("select[name=balance]").selectOption("own");
        Locator parts = page.locator(".parts input");
        assertThat(parts).hasCount(3);
        session.assertAccessible("progress");
        int wide = (int) page.evaluate("() => document.documentElement.scrollWidth");
        assertTrue(wide <= 390, wide + " px");
        parts.first().focus();
        for (String share : List.of("70", "20", "20")) {
            page.keyboard().press("Control+a");
            page.keyboard().type(share);
            page.keyboard().press("Tab");
        }
        Locator start = page.locator("form button.btn");
        assertThat(start).isDisabled();
        assertThat(page.locator("#parts-total")).containsText("110");
        parts.last().fill("10");
        assertThat(start).isEnabled();
        start.press("Enter");
        page.waitForURL(Pattern.compile(".*/r/[2-9]/progress"));
        assertThat(page.locator("form select[name=balance]"))
                .hasValue("own", new LocatorAssertions.HasValueOptions().setTimeout(60_000));
        assertThat(page.locator("select[name=algorithm]")).hasValue("spherical");
        assertThat(page.locator(".facts")).containsText("70%");
        session.assertQuiet();
    }

    @Test
    void markupInNamesAndTextsIsOnlyText() throws Exception {
        String project = server.segmented(HOSTILE, "en", hostileCustomers());
        page = session.open("en");
        page.navigate(server.address());
        assertThat(page.getByRole(AriaRole.LINK, BrowserSession.exactly(HOSTILE))).isVisible();
        for (String view : List.of("segments", "segments/1", "map", "chat")) {
            page.navigate(server.address() + project + "/" + view);
            assertThat(page.locator("h1").first()).isVisible();
            if (view.startsWith("segments")) {
                assertThat(page.locator("blockquote").first()).containsText("onerror");
            }
            assertNull(page.evaluate("window.ran"), view);
        }
        assertAnswered("what do customers of segment 1 say?");
        brief(Round.ENGLISH, project);
        assertNull(page.evaluate("window.ran"));
        assertEquals(0, page.locator("img[src=x]").count());
        session.assertQuiet();
    }

    private static Map<String, String> hostileCustomers() {
        var csv = new StringBuilder("customer_id,age,city,review\n");
        String quoted = '"' + HOSTILE.replace("\"", "\"\"");
        for (int i = 0; i < 40; i++) {
            boolean first = i % 2 == 0;
            csv.append(100 + i).append(',').append((first ? 20 : 60) + i % 7).append(',');
            csv.append(first ? "<b onclick=window.ran=1>York</b>," : "Leeds,");
            csv.append(quoted).append(first ? "The delivery was late again " : "Soft wool, warm ");
            csv.append(i).append("\"\n");
        }
        return Map.of("customers.csv", csv.toString());
    }

    /** The picture of the README: {@code -Dcoterie.screenshots=DIR}. */
    @Test
    @EnabledIfSystemProperty(named = "coterie.screenshots", matches = ".+")
    void takesThePictureOfTheDemo(@TempDir Path folder) throws Exception {
        try (var demo = ShopServer.start(folder, true)) {
            Awaitility.await("the demo's segments")
                    .atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> isPublished(demo, Round.ENGLISH.demo.projectName()));
            page = session.open("en");
            page.navigate(demo.address());
            String name = Round.ENGLISH.demo.projectName();
            page.getByRole(AriaRole.LINK, BrowserSession.exactly("Open sample " + name)).click();
            assertThat(page.locator(".segment-card").first()).isVisible();
            Path folderOfPictures = Path.of(System.getProperty("coterie.screenshots"));
            session.picture(folderOfPictures.resolve("segments-en.png"));
        }
    }

    private static boolean isPublished(ShopServer server, String name) throws IOException {
        for (JsonNode project : server.get("/api/v1/projects").path("data")) {
            if (project.path("name").asText().equals(name)) {
                return project.path("state").asText().equals("published");
            }
        }
        return false;
    }
}
