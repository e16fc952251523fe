using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Ledger.Import.Xero;

public sealed class XeroSessions
{
    private static readonly Uri TokenEndpoint = new("https://identity.xero.com/connect/token");

    private readonly HttpClient _http;
    private readonly IXeroConnections _connections;
    private readonly XeroOptions _options;

    public XeroSessions(HttpClient http, IXeroConnections connections, IOptions<XeroOptions> options)
    {
        _http = http;
        _http.Timeout = TimeSpan.FromSeconds(20);
        _connections = connections;
        _options = options.Value;
    }

    public async Task<string> TokenAsync(Guid organisationId, CancellationToken ct)
    {
        await using var connection = await _connections.LockAsync(organisationId, ct);
        if (DateTimeOffset.UtcNow < connection.ExpiresAt - TimeSpan.FromMinutes(2))
        {
            return connection.AccessToken;
        }

        using var response = await _http.PostAsync(TokenEndpoint, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = connection.RefreshToken,
            ["client_id"] = _options.ClientId,
            ["client_secret"] = _options.ClientSecret,
        }), ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new XeroAuthorizationException(organisationId, response.StatusCode);
        }
        var answer = await response.Content.ReadFromJsonAsync<Answer>(ct)
            ?? throw new InvalidDataException("token answer without a body");

        connection.Replace(answer.AccessToken, answer.RefreshToken, DateTimeOffset.UtcNow.AddSeconds(answer.ExpiresIn));
        await connection.SaveAsync(CancellationToken.None);
        return answer.AccessToken;
    }

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("refresh_token")] string RefreshToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
