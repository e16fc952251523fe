using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Playlists.Spotify;

public sealed class SpotifyTokens(
    HttpClient http, IAccountStore accounts, IOptions<SpotifyOptions> options, TimeProvider clock, ILogger<SpotifyTokens> logger)
{
    public async Task<string> RefreshAsync(SpotifyAccount account, CancellationToken ct)
    {
        var o = options.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://accounts.spotify.com/api/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = account.RefreshToken,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{o.ClientId}:{o.ClientSecret}")));

        using var response = await http.SendAsync(request, ct);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            throw new ReconnectRequiredException(account.Id);
        }
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<TokenResponse>(ct)
            ?? throw new InvalidOperationException("empty token response");

        logger.LogInformation("spotify token of {Account} refreshed, scope {Scope}, valid for {Seconds}s, refresh token rotated: {Rotated}",
            account.Id, token.Scope, token.ExpiresIn, token.RefreshToken is not null);
        await accounts.SaveTokensAsync(
            account.Id, token.AccessToken, token.RefreshToken ?? account.RefreshToken,
            clock.GetUtcNow().AddSeconds(token.ExpiresIn - 60), ct);
        return token.AccessToken;
    }

    private sealed record TokenResponse(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope);
}
