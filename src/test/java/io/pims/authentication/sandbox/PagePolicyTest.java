package io.pims.authentication.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PagePolicyTest {

    private static final String HEADER = "Content-Security-Policy";

    @Test
    void the_page_may_load_its_own_parts_and_may_not_be_framed() {
        given().get("/")
                .then()
                .statusCode(200)
                .header(HEADER, allOf(containsString("script-src 'self'"), containsString("frame-ancestors 'none'")));
    }

    @Test
    void swagger_ui_may_do_what_it_needs() {
        given().get("/q/swagger-ui/").then().statusCode(200).header(HEADER, nullValue());
    }

    @Test
    void the_API_keeps_its_own_policy() {
        given().get("/v1/authentication/account")
                .then()
                .statusCode(401)
                .header(HEADER, equalTo("default-src 'none'; frame-ancestors 'none'"));
    }
}
