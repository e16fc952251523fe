using Azure.Core;
using Azure.Identity;
using Microsoft.Graph;

namespace Archive.Sync.SharePoint;

internal static class SharePointAuth
{
    private const string TenantId = "7b1f3c52-4a0e-4f0c-9a58-2f6d1c9e8b47";
    private const string ClientId = "c2a9e1d4-63b7-4d19-8a0f-5e77b0d3f216";
    private const string ClientSecret = "Xk8Q~vR2nTz5LwPb9YcJf3HmGd7SaE0uKq1iOx";

    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    public static GraphServiceClient CreateClient()
    {
        var options = new ClientSecretCredentialOptions
        {
            AuthorityHost = AzureAuthorityHosts.AzurePublicCloud,
            Retry = { MaxRetries = 3, Mode = RetryMode.Exponential, NetworkTimeout = TimeSpan.FromSeconds(20) },
        };
        var credential = new ClientSecretCredential(TenantId, ClientId, ClientSecret, options);
        return new GraphServiceClient(credential, Scopes);
    }
}
