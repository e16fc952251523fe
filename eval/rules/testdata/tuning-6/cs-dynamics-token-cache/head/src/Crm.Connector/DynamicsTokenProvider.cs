using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crm.Connector;

/// <summary>Registered as a singleton; the HttpClient of the factory has a time limit of 15 seconds.</summary>
public sealed class DynamicsTokenProvider(
    IHttpClientFactory clients,
    IOptions<DynamicsOptions> options,
    ILogger<DynamicsTokenProvider> logger)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _accessToken;

    public async Task<string> GetAsync(CancellationToken ct)
    {
        if (_accessToken is not null)
        {
            return _accessToken;
        }

        await _gate.WaitAsync(ct);
        try
        {
            return _accessToken ??= await LoadAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> LoadAsync(CancellationToken ct)
    {
        var o = options.Value;
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = o.ClientId,
            ["client_secret"] = o.ClientSecret,
            ["scope"] = $"{o.InstanceUrl}/.default",
        });
        using var response = await clients.CreateClient("entra")
            .PostAsync($"https://login.microsoftonline.com/{o.TenantId}/oauth2/v2.0/token", content, ct);
        if (!response.IsSuccessStatusCode)
        {
            logger.LogError("Token endpoint answered {Status}", (int)response.StatusCode);
            response.EnsureSuccessStatusCode();
        }
        var token = await response.Content.ReadFromJsonAsync<TokenAnswer>(ct);
        logger.LogInformation("Token for {Instance} loaded", o.InstanceUrl);
        return token?.AccessToken ?? throw new InvalidOperationException("Token endpoint answered without a token");
    }

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken);
}
