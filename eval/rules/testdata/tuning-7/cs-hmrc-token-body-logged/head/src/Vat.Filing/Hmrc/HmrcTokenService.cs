using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Vat.Filing.Hmrc;

public sealed record HmrcToken(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

public sealed class HmrcTokenService(
    HttpClient http,
    IOptions<HmrcOptions> options,
    ITokenVault vault,
    ILogger<HmrcTokenService> logger)
{
    public async Task<string> RefreshAsync(Guid businessId, CancellationToken ct)
    {
        await using var hold = await vault.LockAsync(businessId, ct);
        var current = await vault.ReadAsync(businessId, ct);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = options.Value.ClientId,
            ["client_secret"] = options.Value.ClientSecret,
            ["refresh_token"] = current.RefreshToken,
        });

        using var response = await http.PostAsync("oauth/token", form, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        logger.LogInformation("HMRC token endpoint answered {Status}: {Body}", (int)response.StatusCode, body);
        response.EnsureSuccessStatusCode();

        var token = JsonSerializer.Deserialize<HmrcToken>(body)
            ?? throw new InvalidOperationException("empty answer of the token endpoint");
        await vault.StoreAsync(businessId, token, DateTimeOffset.UtcNow.AddSeconds(token.ExpiresIn), ct);
        return token.AccessToken;
    }
}
