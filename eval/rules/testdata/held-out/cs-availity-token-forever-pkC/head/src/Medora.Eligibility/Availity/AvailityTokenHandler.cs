using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Medora.Eligibility.Availity;

internal sealed class AvailityTokenSource
{
    private readonly IHttpClientFactory _clients;
    private readonly AvailityOptions _options;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _token;

    public AvailityTokenSource(IHttpClientFactory clients, AvailityOptions options)
    {
        _clients = clients;
        _options = options;
    }

    public async Task<string> GetAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_token is not null)
            {
                return _token;
            }
            using var response = await _clients.CreateClient("availity-auth").PostAsync(
                "v1/token",
                new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = _options.ClientId,
                    ["client_secret"] = _options.ClientSecret,
                    ["scope"] = "hipaa",
                }),
                ct);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>(ct);
            _token = answer?.AccessToken ?? throw new AvailityException("token answer without a token");
            return _token;
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}

internal sealed class AvailityTokenHandler(AvailityTokenSource tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(ct));
        return await base.SendAsync(request, ct);
    }
}
