/* oidc/inner/test_tokens.h — tokens of 2026-01-01 and the keys that signed them, thrown away since; made by t/oidc_provider.py. */
#pragma once
static const char test_keys[] __attribute__((unused)) =
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"sgPpIPeSj1poLneAqdhDx2OQQ2TQHDm2mLthXeOEnvl76g16KWpGOGxTlVn1C54fnU2jZxTROAjKZgenZxmPBY1e-XvIS"
        "iuClstkIGzUgihh7n0NEj5OmKbvE6y9d2nXeGaBdwgYnU64ULzM_Qm-MkXx_Sajj6Fh6o1uGK4sISJvmdBCMKKC4tWoc8eEH1ZZltFFZBni8bUDpFTHbelGk"
        "no2GUIeyEOIFDdd6kuv2_A0OUvOOdLKDKyupuTbtSB1fSaFUWM3-OF_jQsEN4akIfK5bEDC0AXK0TvBaKaFY1Wuyoam3WEwPMPNtPSQjexOXThLxTqz49cS6"
        "p4SbYk9WQ\",\"e\":\"AQAB\",\"kid\":\"r\",\"use\":\"sig\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"9hVDFc88WoRirnXYKB6eq_d_yTFrpZ6505EePOFnnic\""
        ",\"y\":\"2dALsWDTFxYbrnH-TL7MA7Wyn7B2EXLGhjLV1FAM6SY\",\"kid\":\"e\",\"alg\":\"ES256\",\"use\":\"sig\"},{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid"
        "\":\"h\"}]}";
static const char token_rs[] __attribute__((unused)) =
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlLm9yZy9jaXR5Iiwic3ViIjoicy0xMDAxIiwiYXVkIjoibGlub"
        "GkiLCJleHAiOjE3NjcyMjU5MDAsImlhdCI6MTc2NzIyNTYwMCwibm9uY2UiOiJuLTEifQ.L-yqCGV30Rg9AvJB300yLp20kPTq_fCpCAkur6pg1L06aIcMpw"
        "-r1BFm6ZH0bEzaJ1RuYG2iXsDcYnNfQTQUm_p7bv462cHQ5_3EfgIz3nlhj5nOlZW1BJpwHUzzhKtvqidk2LsTFn-FIbHC1FORjcBoBHELF2r0HhaHCt-Hit"
        "wafivjK0E2haJAy1s13zauGK5IEiC9zNY7_JEH9zOg6woxRAJLUSiAbmHz_T0F8avPyAMZ7hrJ4rojc10B8IJlQDS2MViEaCAlkehJZCmifiBnck0tx2ryQw"
        "yTA1uGylZYNwWBvSHlohtdaSdhryaJtjJ86rOA-ETGUSJs6vctmA";
static const char token_ps[] __attribute__((unused)) =
        "eyJhbGciOiJQUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlLm9yZy9jaXR5Iiwic3ViIjoicy0xMDAxIiwiYXVkIjoibGlub"
        "GkiLCJleHAiOjE3NjcyMjU5MDAsImlhdCI6MTc2NzIyNTYwMCwibm9uY2UiOiJuLTEifQ.qrlcZhsRWpf4AlvH5vy-PZNWKZdDhmVSihxes_oGeOwbXOdbf-"
        "EMz5j_Z6Mrr5JLippbTsDFyjyh_06wbHR1hnyATneIRLwA2RpS0zSduSAZyz3BZ5Q3r-PjcB1yOkAcUjybasnptEZr4SCFdLuELGh7Z1uxkzX69odg6QpeiD"
        "VvanYl7CnmaCw0LOlKYAffAhARSXfvXWt2ZUdff1DGn7ukym7NVGdwja7rDKJkQ6zKx47qVR-PDK846gBkgVYv4UuEuazdEi423RAeNfsQeaY9MT3gDKChpX"
        "UJnwM1pxTPZAUSwY7iiyQusdF_rK0AmYNtTyiP27BXMpn-s1yNPQ";
static const char token_es[] __attribute__((unused)) =
        "eyJhbGciOiJFUzI1NiIsImtpZCI6ImUifQ.eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlLm9yZy9jaXR5Iiwic3ViIjoicy0xMDAxIiwiYXVkIjoibGlub"
        "GkiLCJleHAiOjE3NjcyMjU5MDAsImlhdCI6MTc2NzIyNTYwMCwibm9uY2UiOiJuLTEifQ.Pdn0-_G8Q94b_ysh6F6pJQEeiWOyS99cUd4AICsJ0xe1AwED8c"
        "UNxhdOQUkjTJVkPwjgGzw5hzVp-nPglW4h4g";
static const char token_none[] __attribute__((unused)) =
        "eyJhbGciOiJub25lIiwia2lkIjoiciJ9.eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlLm9yZy9jaXR5Iiwic3ViIjoicy0xMDAxIiwiYXVkIjoibGlubGk"
        "iLCJleHAiOjE3NjcyMjU5MDAsImlhdCI6MTc2NzIyNTYwMCwibm9uY2UiOiJuLTEifQ.";
static const char token_crit[] __attribute__((unused)) =
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InIiLCJjcml0IjpbIngiXX0.eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlLm9yZy9jaXR5Iiwic3ViIjoicy0xMDAx"
        "IiwiYXVkIjoibGlubGkiLCJleHAiOjE3NjcyMjU5MDAsImlhdCI6MTc2NzIyNTYwMCwibm9uY2UiOiJuLTEifQ.qG3qlpNmPwi3AP-fHJ29khQdmlLkt4NcH"
        "kzniJ9CrGi5g3qnZ2y3Ej9d4xTOx5bebJFU_H0BKQ2qPYxLA1mO3BX3A5vnj2Ec3o_qO1qVo42uLcRRjlqiwDn1jpMMfSdE0mrv__ivtpjzWficYXyZb37sj"
        "C1mCY1_B7ScoWVFKVnveEVhpr0lDpGBA5633DMvvDND5EdKwt2is19ly1EgzHEqLb4FnERDWJP7iLjMzsO_oxkH-dRnnpKJnaKauCwhkQ4Q2gbeju3O0VC3E"
        "Uxys1lVguSRY7VtUZD7zOBNE94e02aB9XIAOKoCOMykphTJvjQ7T_wJt4qHmctJE6P6Qg";
static const char token_nokid[] __attribute__((unused)) =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlLm9yZy9jaXR5Iiwic3ViIjoicy0xMDAxIiwiYXVkIjoibGlubGkiLCJleHAiOjE"
        "3NjcyMjU5MDAsImlhdCI6MTc2NzIyNTYwMCwibm9uY2UiOiJuLTEifQ.ig-TuMbfdtGmDmSfAEEHDL0P09Sx6CXU18zMQ9uoYoKt6FbsZ5mo8onYXjAwTfas"
        "NM0sNIS2cONKZ3A2QmT1qw";
static const char token_newkid[] __attribute__((unused)) =
        "eyJhbGciOiJFUzI1NiIsImtpZCI6Im90aGVyIn0.eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlLm9yZy9jaXR5Iiwic3ViIjoicy0xMDAxIiwiYXVkIjoi"
        "bGlubGkiLCJleHAiOjE3NjcyMjU5MDAsImlhdCI6MTc2NzIyNTYwMCwibm9uY2UiOiJuLTEifQ.MLScof7xSpv9933aHmhiIRKSxqFLDjWctjeAy9CPWNcnk"
        "9gl4cAhTVxwpE1RgyPobaNUqUctPQ8YiVAj81HtMg";
