using Azure.Security.KeyVault.Secrets;
using Microsoft.Graph;
using Microsoft.Graph.Applications.Item.AddPassword;
using Microsoft.Graph.Models;

namespace Identity.Provisioning;

public sealed class AppSecretRotation
{
    private readonly GraphServiceClient _graph;
    private readonly SecretClient _vault;
    private readonly ILogger<AppSecretRotation> _logger;

    public AppSecretRotation(GraphServiceClient graph, SecretClient vault, ILogger<AppSecretRotation> logger)
    {
        _graph = graph;
        _vault = vault;
        _logger = logger;
    }

    public async Task RotateAsync(string applicationObjectId, string vaultName, CancellationToken ct)
    {
        var body = new AddPasswordPostRequestBody
        {
            PasswordCredential = new PasswordCredential
            {
                DisplayName = $"rotated {DateTimeOffset.UtcNow:yyyy-MM-dd}",
                EndDateTime = DateTimeOffset.UtcNow.AddDays(90),
            },
        };
        var credential = await _graph.Applications[applicationObjectId].AddPassword.PostAsync(body, cancellationToken: ct);
        if (credential?.SecretText is null)
        {
            throw new InvalidOperationException($"no secret returned for application {applicationObjectId}");
        }

        _logger.LogInformation("new secret for {App}, valid until {End}", applicationObjectId, credential.EndDateTime);
        await _vault.SetSecretAsync(new KeyVaultSecret(vaultName, credential.SecretText), ct);
    }
}
