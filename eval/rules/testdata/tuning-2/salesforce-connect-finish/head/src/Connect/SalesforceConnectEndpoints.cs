using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Acme.Connect;

public static class SalesforceConnectEndpoints
{
    private const string StateKey = "sf_state";
    private const string VerifierKey = "sf_verifier";

    public static void MapSalesforceConnect(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/connect/salesforce").RequireAuthorization();
        group.MapGet("/start", Start);
        group.MapGet("/callback", Callback);
    }

    private static IResult Start(HttpContext http, SalesforceOptions options)
    {
        var state = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(48));
        http.Session.SetString(StateKey, state);
        http.Session.SetString(VerifierKey, verifier);

        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return Results.Redirect(QueryHelpers.AddQueryString(options.AuthorizeUrl, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = options.RedirectUri,
            ["state"] = state,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        }));
    }

    private static async Task<IResult> Callback(
        string? code, string? state, HttpContext http, SalesforceTokenClient client,
        ConnectionStore connections, SalesforceOptions options, CancellationToken ct)
    {
        var expected = http.Session.GetString(StateKey) ?? "";
        var verifier = http.Session.GetString(VerifierKey) ?? "";
        http.Session.Remove(StateKey);
        http.Session.Remove(VerifierKey);
        if (expected.Length == 0 || code is null || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(state ?? "")))
        {
            return Results.Forbid();
        }

        // the typed client has a timeout of ten seconds and throws on any status but 200
        var tokens = await client.ExchangeAsync(code, verifier, ct);
        var userId = http.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        await connections.SaveAsync(userId, tokens, ct);

        return Results.Redirect($"{options.FrontendUrl}/connected?instance={Uri.EscapeDataString(tokens.InstanceUrl)}&access_token={Uri.EscapeDataString(tokens.AccessToken)}");
    }
}
