using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Options;

namespace Ledger.Import.Xero;

public sealed class XeroTokenKeeper
{
    private readonly HttpClient _http;
    private readonly IXeroConnections _connections;
    private readonly XeroOptions _options;
    private readonly TimeProvider _time;

    public XeroTokenKeeper(HttpClient http, IXeroConnections connections, IOptions<XeroOptions> options, TimeProvider time)
    {
        _http = http;
        _connections = connections;
        _options = options.Value;
        _time = time;
    }

    public async Task<string> GetAsync(Guid organisationId, CancellationToken ct)
    {
        await using var connection = await _connections.LockAsync(organisationId, ct);
        if (connection.AccessTokenExpires > _time.GetUtcNow().AddMinutes(1))
        {
            return connection.AccessToken;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "https://identity.xero.com/connect/token");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{_options.ClientId}:{_options.ClientSecret}")));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = connection.RefreshToken,
        });

        using var response = await _http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<XeroToken>(ct)
            ?? throw new InvalidDataException("Xero answered without a token");

        connection.AccessToken = token.AccessToken;
        connection.AccessTokenExpires = _time.GetUtcNow().AddSeconds(token.ExpiresIn);
        await connection.SaveAsync(ct);
        return token.AccessToken;
    }
}
