export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  'public': {
    Tables: {
      'audit_log': {
        Row: {
          'action': string;
          'actor_id': string | null;
          'client_id': string | null;
          'details': NonNullable<Json>;
          'id': number;
          'occurred_at': string;
          'target_id': string | null;
          'target_type': string;
        };
        ComputedFields: never;
        Insert: {
          'action': string;
          'actor_id'?: string | null;
          'client_id'?: string | null;
          'details'?: NonNullable<Json>;
          'id'?: never;
          'occurred_at'?: string;
          'target_id'?: string | null;
          'target_type': string;
        };
        Update: {
          'action'?: string;
          'actor_id'?: string | null;
          'client_id'?: string | null;
          'details'?: NonNullable<Json>;
          'id'?: never;
          'occurred_at'?: string;
          'target_id'?: string | null;
          'target_type'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'businesses': {
        Row: {
          'address': string | null;
          'campaign_id': string;
          'category': string | null;
          'city': string | null;
          'client_id': string;
          'created_at': string;
          'email': string | null;
          'email_deliverability': Database['public']['Enums']['email_deliverability'];
          'email_source': string | null;
          'facebook_url': string | null;
          'first_name': string | null;
          'icebreaker': string | null;
          'id': string;
          'job_title': string | null;
          'last_name': string | null;
          'linkedin_contact_email': string | null;
          'linkedin_contact_email_deliverability': Database['public']['Enums']['email_deliverability'];
          'linkedin_contact_name': string | null;
          'linkedin_contact_title': string | null;
          'linkedin_contact_url': string | null;
          'linkedin_url': string | null;
          'name': string;
          'phone': string | null;
          'rating': number | null;
          'state': string | null;
          'subject_line': string | null;
          'updated_at': string;
          'website': string | null;
          'zip': string | null;
        };
        ComputedFields: never;
        Insert: {
          'address'?: string | null;
          'campaign_id': string;
          'category'?: string | null;
          'city'?: string | null;
          'client_id': string;
          'created_at'?: string;
          'email'?: string | null;
          'email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'email_source'?: string | null;
          'facebook_url'?: string | null;
          'first_name'?: string | null;
          'icebreaker'?: string | null;
          'id'?: string;
          'job_title'?: string | null;
          'last_name'?: string | null;
          'linkedin_contact_email'?: string | null;
          'linkedin_contact_email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'linkedin_contact_name'?: string | null;
          'linkedin_contact_title'?: string | null;
          'linkedin_contact_url'?: string | null;
          'linkedin_url'?: string | null;
          'name': string;
          'phone'?: string | null;
          'rating'?: number | null;
          'state'?: string | null;
          'subject_line'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
          'zip'?: string | null;
        };
        Update: {
          'address'?: string | null;
          'campaign_id'?: string;
          'category'?: string | null;
          'city'?: string | null;
          'client_id'?: string;
          'created_at'?: string;
          'email'?: string | null;
          'email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'email_source'?: string | null;
          'facebook_url'?: string | null;
          'first_name'?: string | null;
          'icebreaker'?: string | null;
          'id'?: string;
          'job_title'?: string | null;
          'last_name'?: string | null;
          'linkedin_contact_email'?: string | null;
          'linkedin_contact_email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'linkedin_contact_name'?: string | null;
          'linkedin_contact_title'?: string | null;
          'linkedin_contact_url'?: string | null;
          'linkedin_url'?: string | null;
          'name'?: string;
          'phone'?: string | null;
          'rating'?: number | null;
          'state'?: string | null;
          'subject_line'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
          'zip'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'businesses_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'businesses_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'campaign_activity': {
        Row: {
          'auto_replies': number;
          'bounced': number;
          'campaign_id': string;
          'clicked': number;
          'clicks': number;
          'client_id': string;
          'contacted': number;
          'day': string;
          'opened': number;
          'opens': number;
          'replied': number;
          'replies': number;
          'seen_at': string;
          'sent': number;
          'unsubscribed': number;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id': string;
          'contacted'?: number;
          'day': string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replies'?: number;
          'seen_at'?: string;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Update: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string;
          'contacted'?: number;
          'day'?: string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replies'?: number;
          'seen_at'?: string;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'campaign_activity_totals': {
        Row: {
          'auto_replies': number;
          'bounced': number;
          'campaign_id': string;
          'clicked': number;
          'clicks': number;
          'client_id': string;
          'contacted': number;
          'last_event_at': string | null;
          'opened': number;
          'opens': number;
          'replied': number;
          'replies': number;
          'seen_at': string;
          'sent': number;
          'unsubscribed': number;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id': string;
          'contacted'?: number;
          'last_event_at'?: string | null;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replies'?: number;
          'seen_at'?: string;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Update: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string;
          'contacted'?: number;
          'last_event_at'?: string | null;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replies'?: number;
          'seen_at'?: string;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_activity_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'campaign_analytics': {
        Row: {
          'auto_replies': number;
          'campaign_id': string;
          'clicked': number;
          'clicks': number;
          'client_id': string;
          'contacted': number;
          'day': string;
          'new_contacted': number;
          'opened': number;
          'opens': number;
          'opportunities': number;
          'replied': number;
          'replies': number;
          'sent': number;
          'synced_at': string;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id': string;
          'contacted'?: number;
          'day': string;
          'new_contacted'?: number;
          'opened'?: number;
          'opens'?: number;
          'opportunities'?: number;
          'replied'?: number;
          'replies'?: number;
          'sent'?: number;
          'synced_at': string;
        };
        Update: {
          'auto_replies'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string;
          'contacted'?: number;
          'day'?: string;
          'new_contacted'?: number;
          'opened'?: number;
          'opens'?: number;
          'opportunities'?: number;
          'replied'?: number;
          'replies'?: number;
          'sent'?: number;
          'synced_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'campaign_analytics_totals': {
        Row: {
          'auto_replies': number;
          'bounced': number;
          'campaign_id': string;
          'clicked': number;
          'client_id': string;
          'completed': number;
          'contacted': number;
          'leads': number;
          'opened': number;
          'opportunities': number;
          'opportunity_value': number;
          'replied': number;
          'sent': number;
          'synced_at': string;
          'unsubscribed': number;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'client_id': string;
          'completed'?: number;
          'contacted'?: number;
          'leads'?: number;
          'opened'?: number;
          'opportunities'?: number;
          'opportunity_value'?: number;
          'replied'?: number;
          'sent'?: number;
          'synced_at': string;
          'unsubscribed'?: number;
        };
        Update: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'client_id'?: string;
          'completed'?: number;
          'contacted'?: number;
          'leads'?: number;
          'opened'?: number;
          'opportunities'?: number;
          'opportunity_value'?: number;
          'replied'?: number;
          'sent'?: number;
          'synced_at'?: string;
          'unsubscribed'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_analytics_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'campaigns': {
        Row: {
          'client_id': string;
          'connection_id': string | null;
          'created_at': string;
          'daily_limit': number | null;
          'generation_status': Database['public']['Enums']['generation_status'];
          'id': string;
          'name': string;
          'provider_status': Database['public']['Enums']['provider_campaign_status'] | null;
          'provider_status_at': string | null;
          'sending_accounts': (string)[];
          'sending_days': (number)[];
          'sending_from': string;
          'sending_to': string;
          'sequence': Json | null;
          'synced_at': string | null;
          'time_zone': string;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'connection_id'?: string | null;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'generation_status'?: Database['public']['Enums']['generation_status'];
          'id'?: string;
          'name': string;
          'provider_status'?: Database['public']['Enums']['provider_campaign_status'] | null;
          'provider_status_at'?: string | null;
          'sending_accounts'?: (string)[];
          'sending_days'?: (number)[];
          'sending_from'?: string;
          'sending_to'?: string;
          'sequence'?: Json | null;
          'synced_at'?: string | null;
          'time_zone'?: string;
          'updated_at'?: string;
        };
        Update: {
          'client_id'?: string;
          'connection_id'?: string | null;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'generation_status'?: Database['public']['Enums']['generation_status'];
          'id'?: string;
          'name'?: string;
          'provider_status'?: Database['public']['Enums']['provider_campaign_status'] | null;
          'provider_status_at'?: string | null;
          'sending_accounts'?: (string)[];
          'sending_days'?: (number)[];
          'sending_from'?: string;
          'sending_to'?: string;
          'sequence'?: Json | null;
          'synced_at'?: string | null;
          'time_zone'?: string;
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'clients': {
        Row: {
          'created_at': string;
          'id': string;
          'integration_enabled': boolean;
          'name': string;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'created_at'?: string;
          'id'?: string;
          'integration_enabled'?: boolean;
          'name': string;
          'updated_at'?: string;
        };
        Update: {
          'created_at'?: string;
          'id'?: string;
          'integration_enabled'?: boolean;
          'name'?: string;
          'updated_at'?: string;
        };
        Relationships: [];
      };
      'email_account_days': {
        Row: {
          'account_id': string;
          'auto_replies': number;
          'bounced': number;
          'clicked': number;
          'clicks': number;
          'client_id': string | null;
          'contacted': number;
          'day': string;
          'opened': number;
          'opens': number;
          'replied': number;
          'replies': number;
          'sent': number;
        };
        ComputedFields: never;
        Insert: {
          'account_id': string;
          'auto_replies'?: number;
          'bounced'?: number;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string | null;
          'contacted'?: number;
          'day': string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replies'?: number;
          'sent'?: number;
        };
        Update: {
          'account_id'?: string;
          'auto_replies'?: number;
          'bounced'?: number;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string | null;
          'contacted'?: number;
          'day'?: string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replies'?: number;
          'sent'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'email_account_days_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'email_account_health';
            referencedColumns: ['account_id'];
          },
          {
            foreignKeyName: 'email_account_days_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'email_accounts';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'email_accounts': {
        Row: {
          'client_id': string | null;
          'connection_id': string;
          'created_at': string;
          'daily_limit': number | null;
          'days_synced_at': string | null;
          'email': string;
          'id': string;
          'last_synced_at': string;
          'provider_kind': string | null;
          'provider_updated_at': string | null;
          'sent_today': number;
          'status': Database['public']['Enums']['email_account_status'];
          'status_reason': string | null;
          'warmup_landed_inbox': number | null;
          'warmup_landed_spam': number | null;
          'warmup_score': number | null;
          'warmup_sent': number | null;
          'warmup_status': string | null;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'connection_id': string;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'days_synced_at'?: string | null;
          'email': string;
          'id'?: string;
          'last_synced_at'?: string;
          'provider_kind'?: string | null;
          'provider_updated_at'?: string | null;
          'sent_today'?: number;
          'status': Database['public']['Enums']['email_account_status'];
          'status_reason'?: string | null;
          'warmup_landed_inbox'?: number | null;
          'warmup_landed_spam'?: number | null;
          'warmup_score'?: number | null;
          'warmup_sent'?: number | null;
          'warmup_status'?: string | null;
        };
        Update: {
          'client_id'?: string | null;
          'connection_id'?: string;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'days_synced_at'?: string | null;
          'email'?: string;
          'id'?: string;
          'last_synced_at'?: string;
          'provider_kind'?: string | null;
          'provider_updated_at'?: string | null;
          'sent_today'?: number;
          'status'?: Database['public']['Enums']['email_account_status'];
          'status_reason'?: string | null;
          'warmup_landed_inbox'?: number | null;
          'warmup_landed_spam'?: number | null;
          'warmup_score'?: number | null;
          'warmup_sent'?: number | null;
          'warmup_status'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'email_events': {
        Row: {
          'campaign_id': string | null;
          'client_id': string | null;
          'connection_id': string;
          'email': string | null;
          'email_account': string | null;
          'id': number;
          'label': string | null;
          'lead_id': string | null;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'received_at': string;
          'step': number | null;
          'type': Database['public']['Enums']['email_event_type'];
          'variant': number | null;
        };
        ComputedFields: never;
        Insert: {
          'campaign_id'?: string | null;
          'client_id'?: string | null;
          'connection_id': string;
          'email'?: string | null;
          'email_account'?: string | null;
          'id': number;
          'label'?: string | null;
          'lead_id'?: string | null;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'received_at': string;
          'step'?: number | null;
          'type': Database['public']['Enums']['email_event_type'];
          'variant'?: number | null;
        };
        Update: {
          'campaign_id'?: string | null;
          'client_id'?: string | null;
          'connection_id'?: string;
          'email'?: string | null;
          'email_account'?: string | null;
          'id'?: number;
          'label'?: string | null;
          'lead_id'?: string | null;
          'occurred_at'?: string;
          'provider'?: Database['public']['Enums']['provider'];
          'received_at'?: string;
          'step'?: number | null;
          'type'?: Database['public']['Enums']['email_event_type'];
          'variant'?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
        ];
      };
      'export_receipts': {
        Row: {
          'business_id': string;
          'campaign_id': string;
          'client_id': string;
          'email': string | null;
          'export_id': string;
          'id': number;
          'outcome': Database['public']['Enums']['export_outcome'];
          'reason': string | null;
          'recipient': Database['public']['Enums']['export_recipient'];
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'business_id': string;
          'campaign_id': string;
          'client_id': string;
          'email'?: string | null;
          'export_id': string;
          'id'?: never;
          'outcome': Database['public']['Enums']['export_outcome'];
          'reason'?: string | null;
          'recipient': Database['public']['Enums']['export_recipient'];
          'updated_at'?: string;
        };
        Update: {
          'business_id'?: string;
          'campaign_id'?: string;
          'client_id'?: string;
          'email'?: string | null;
          'export_id'?: string;
          'id'?: never;
          'outcome'?: Database['public']['Enums']['export_outcome'];
          'reason'?: string | null;
          'recipient'?: Database['public']['Enums']['export_recipient'];
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'export_receipts_business_id_fkey';
            columns: ['business_id'];
            isOneToOne: false;
            referencedRelation: 'businesses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'export_receipts_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'export_receipts_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'export_receipts_export_id_fkey';
            columns: ['export_id'];
            isOneToOne: false;
            referencedRelation: 'client_exports';
            referencedColumns: ['export_id'];
          },
        ];
      };
      'incidents': {
        Row: {
          'client_id': string | null;
          'closed_at': string | null;
          'connection_id': string;
          'details': string | null;
          'id': string;
          'kind': string;
          'opened_at': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'closed_at'?: string | null;
          'connection_id': string;
          'details'?: string | null;
          'id'?: string;
          'kind': string;
          'opened_at'?: string;
        };
        Update: {
          'client_id'?: string | null;
          'closed_at'?: string | null;
          'connection_id'?: string;
          'details'?: string | null;
          'id'?: string;
          'kind'?: string;
          'opened_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'members': {
        Row: {
          'client_id': string | null;
          'created_at': string;
          'role': Database['public']['Enums']['member_role'];
          'user_id': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'created_at'?: string;
          'role': Database['public']['Enums']['member_role'];
          'user_id': string;
        };
        Update: {
          'client_id'?: string | null;
          'created_at'?: string;
          'role'?: Database['public']['Enums']['member_role'];
          'user_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'provider_api_calls': {
        Row: {
          'attempt': number;
          'called_at': string;
          'client_id': string | null;
          'connection_id': string;
          'duration_ms': number;
          'error_kind': string | null;
          'id': number;
          'job_id': string | null;
          'method': string;
          'path': string;
          'status': number | null;
        };
        ComputedFields: never;
        Insert: {
          'attempt': number;
          'called_at': string;
          'client_id'?: string | null;
          'connection_id': string;
          'duration_ms': number;
          'error_kind'?: string | null;
          'id'?: never;
          'job_id'?: string | null;
          'method': string;
          'path': string;
          'status'?: number | null;
        };
        Update: {
          'attempt'?: number;
          'called_at'?: string;
          'client_id'?: string | null;
          'connection_id'?: string;
          'duration_ms'?: number;
          'error_kind'?: string | null;
          'id'?: never;
          'job_id'?: string | null;
          'method'?: string;
          'path'?: string;
          'status'?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'provider_api_calls_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'provider_api_calls_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'provider_connections': {
        Row: {
          'api_key_last4': string | null;
          'client_id': string | null;
          'created_at': string;
          'id': string;
          'last_synced_at': string | null;
          'last_validated_at': string | null;
          'name': string;
          'provider': Database['public']['Enums']['provider'];
          'removed_at': string | null;
          'status': Database['public']['Enums']['connection_status'];
          'updated_at': string;
          'workspace_id': string | null;
          'workspace_name': string | null;
        };
        ComputedFields: never;
        Insert: {
          'api_key_last4'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'id'?: string;
          'last_synced_at'?: string | null;
          'last_validated_at'?: string | null;
          'name': string;
          'provider'?: Database['public']['Enums']['provider'];
          'removed_at'?: string | null;
          'status'?: Database['public']['Enums']['connection_status'];
          'updated_at'?: string;
          'workspace_id'?: string | null;
          'workspace_name'?: string | null;
        };
        Update: {
          'api_key_last4'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'id'?: string;
          'last_synced_at'?: string | null;
          'last_validated_at'?: string | null;
          'name'?: string;
          'provider'?: Database['public']['Enums']['provider'];
          'removed_at'?: string | null;
          'status'?: Database['public']['Enums']['connection_status'];
          'updated_at'?: string;
          'workspace_id'?: string | null;
          'workspace_name'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'suppressions': {
        Row: {
          'client_id': string;
          'email': string;
          'reason': Database['public']['Enums']['suppression_reason'];
          'suppressed_at': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'email': string;
          'reason': Database['public']['Enums']['suppression_reason'];
          'suppressed_at'?: string;
        };
        Update: {
          'client_id'?: string;
          'email'?: string;
          'reason'?: Database['public']['Enums']['suppression_reason'];
          'suppressed_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'synced_leads': {
        Row: {
          'auto_reply_count': number;
          'bounced_at': string | null;
          'business_id': string | null;
          'campaign_id': string;
          'click_count': number;
          'click_count_provider': number;
          'click_count_seen': number;
          'clicked_at': string | null;
          'client_id': string;
          'company_name': string | null;
          'company_size': string | null;
          'created_at': string;
          'email': string;
          'first_name': string | null;
          'id': string;
          'industry': string | null;
          'interest_changed_at': string | null;
          'interest_label': string | null;
          'interest_status': Database['public']['Enums']['interest_status'] | null;
          'job_title': string | null;
          'last_event_at': string | null;
          'last_event_type': string | null;
          'last_name': string | null;
          'last_synced_at': string | null;
          'lead_status': Database['public']['Enums']['lead_status'];
          'open_count': number;
          'open_count_provider': number;
          'open_count_seen': number;
          'opened_at': string | null;
          'payload': Json | null;
          'phone': string | null;
          'provider_lead_id': string | null;
          'provider_updated_at': string | null;
          'replied_at': string | null;
          'reply_count': number;
          'reply_count_provider': number;
          'reply_count_seen': number;
          'sender_account': string | null;
          'sender_account_at': string | null;
          'sent_at': string | null;
          'sent_count': number;
          'sent_count_provider': number;
          'sent_count_seen': number;
          'unsubscribed_at': string | null;
          'updated_at': string;
          'website': string | null;
        };
        ComputedFields: never;
        Insert: {
          'auto_reply_count'?: number;
          'bounced_at'?: string | null;
          'business_id'?: string | null;
          'campaign_id': string;
          'click_count'?: never;
          'click_count_provider'?: number;
          'click_count_seen'?: number;
          'clicked_at'?: string | null;
          'client_id': string;
          'company_name'?: string | null;
          'company_size'?: string | null;
          'created_at'?: string;
          'email': string;
          'first_name'?: string | null;
          'id'?: string;
          'industry'?: string | null;
          'interest_changed_at'?: string | null;
          'interest_label'?: string | null;
          'interest_status'?: Database['public']['Enums']['interest_status'] | null;
          'job_title'?: string | null;
          'last_event_at'?: string | null;
          'last_event_type'?: string | null;
          'last_name'?: string | null;
          'last_synced_at'?: string | null;
          'lead_status'?: never;
          'open_count'?: never;
          'open_count_provider'?: number;
          'open_count_seen'?: number;
          'opened_at'?: string | null;
          'payload'?: Json | null;
          'phone'?: string | null;
          'provider_lead_id'?: string | null;
          'provider_updated_at'?: string | null;
          'replied_at'?: string | null;
          'reply_count'?: never;
          'reply_count_provider'?: number;
          'reply_count_seen'?: number;
          'sender_account'?: string | null;
          'sender_account_at'?: string | null;
          'sent_at'?: string | null;
          'sent_count'?: never;
          'sent_count_provider'?: number;
          'sent_count_seen'?: number;
          'unsubscribed_at'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
        };
        Update: {
          'auto_reply_count'?: number;
          'bounced_at'?: string | null;
          'business_id'?: string | null;
          'campaign_id'?: string;
          'click_count'?: never;
          'click_count_provider'?: number;
          'click_count_seen'?: number;
          'clicked_at'?: string | null;
          'client_id'?: string;
          'company_name'?: string | null;
          'company_size'?: string | null;
          'created_at'?: string;
          'email'?: string;
          'first_name'?: string | null;
          'id'?: string;
          'industry'?: string | null;
          'interest_changed_at'?: string | null;
          'interest_label'?: string | null;
          'interest_status'?: Database['public']['Enums']['interest_status'] | null;
          'job_title'?: string | null;
          'last_event_at'?: string | null;
          'last_event_type'?: string | null;
          'last_name'?: string | null;
          'last_synced_at'?: string | null;
          'lead_status'?: never;
          'open_count'?: never;
          'open_count_provider'?: number;
          'open_count_seen'?: number;
          'opened_at'?: string | null;
          'payload'?: Json | null;
          'phone'?: string | null;
          'provider_lead_id'?: string | null;
          'provider_updated_at'?: string | null;
          'replied_at'?: string | null;
          'reply_count'?: never;
          'reply_count_provider'?: number;
          'reply_count_seen'?: number;
          'sender_account'?: string | null;
          'sender_account_at'?: string | null;
          'sent_at'?: string | null;
          'sent_count'?: never;
          'sent_count_provider'?: number;
          'sent_count_seen'?: number;
          'unsubscribed_at'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'synced_leads_business_id_fkey';
            columns: ['business_id'];
            isOneToOne: false;
            referencedRelation: 'businesses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Views: {
      'analytics_drift': {
        Row: {
          'campaign_id': string | null;
          'campaign_name': string;
          'clicked_difference': number | null;
          'clicked_provider': number | null;
          'clicked_seen': number | null;
          'client_id': string;
          'day': string | null;
          'opened_difference': number | null;
          'opened_provider': number | null;
          'opened_seen': number | null;
          'replied_difference': number | null;
          'replied_provider': number | null;
          'replied_seen': number | null;
          'seen_age_seconds': number | null;
          'seen_at': string | null;
          'sent_difference': number | null;
          'sent_provider': number | null;
          'sent_seen': number | null;
          'synced_age_seconds': number | null;
          'synced_at': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'client_campaigns': {
        Row: {
          'age_seconds': number | null;
          'as_of': string | null;
          'auto_replies': number | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'campaign_id': string;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string;
          'contacted': number | null;
          'enough_signal': boolean | null;
          'generation_status': Database['public']['Enums']['generation_status'];
          'last_event_at': string | null;
          'leads': number | null;
          'name': string;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'provider_status': Database['public']['Enums']['provider_campaign_status'] | null;
          'replied': number | null;
          'reply_rate': number | null;
          'seen_at': string | null;
          'sent': number | null;
          'synced_at': string | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'client_daily_stats': {
        Row: {
          'as_of': string | null;
          'auto_replies': number | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string | null;
          'contacted': number | null;
          'day': string | null;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'replied': number | null;
          'reply_rate': number | null;
          'seen_at': string | null;
          'sent': number | null;
          'synced_at': string | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'client_exports': {
        Row: {
          'blocked': number | null;
          'campaign_id': string | null;
          'campaign_name': string;
          'client_id': string | null;
          'created': number | null;
          'created_at': string;
          'done': number;
          'duplicate': number | null;
          'duration_seconds': number | null;
          'error_code': string | null;
          'error_message': string | null;
          'export_id': string;
          'failed': number | null;
          'finished_at': string | null;
          'invalid': number | null;
          'skipped': number | null;
          'started_at': string | null;
          'status': Database['public']['Enums']['job_status'];
          'total': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'jobs_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'jobs_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
      'client_overview': {
        Row: {
          'age_seconds': number | null;
          'as_of': string | null;
          'auto_replies': number | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'campaigns': number | null;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string;
          'client_name': string;
          'contacted': number | null;
          'enough_signal': boolean | null;
          'last_event_at': string | null;
          'leads': number | null;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'replied': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'synced_at': string | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'dead_letters': {
        Row: {
          'attempts': number | null;
          'campaign_id': string | null;
          'client_id': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'id': number | null;
          'reason': string | null;
          'received_at': string | null;
          'replayable': boolean | null;
          'type': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'email_account_health': {
        Row: {
          'account_id': string;
          'bounce_rate': number | null;
          'bounced': number | null;
          'client_id': string | null;
          'connection_id': string;
          'daily_limit': number | null;
          'email': string;
          'enough_signal': boolean | null;
          'is_bouncing': boolean | null;
          'last_synced_at': string;
          'provider_kind': string | null;
          'replied': number | null;
          'sent': number | null;
          'sent_today': number | null;
          'status': Database['public']['Enums']['email_account_status'];
          'status_reason': string | null;
          'warmup_score': number | null;
          'warmup_sent': number | null;
          'warmup_spam_rate': number | null;
          'warmup_status': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'unmapped_campaigns': {
        Row: {
          'client_id': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'first_event_at': string | null;
          'held_events': number | null;
          'id': string | null;
          'last_event_at': string | null;
          'name': string | null;
          'provider': Database['public']['Enums']['provider'] | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'webhook_ledger': {
        Row: {
          'balanced': boolean | null;
          'client_id': string | null;
          'connection_id': string;
          'connection_name': string;
          'day': string | null;
          'dead': number | null;
          'duplicate': number | null;
          'projected': number | null;
          'quarantined': number | null;
          'received': number | null;
          'waiting': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Functions: {
      'audit_connection': {
        Args: { 'actor': string; 'target_connection_id': string; 'what': string };
        Returns: undefined;
      };
      'block_rate_budget': {
        Args: { 'seconds': number; 'target_connection_id': string };
        Returns: undefined;
      };
      'claim_job': { Args: { 'lease_seconds': number; 'target_job_id': string }; Returns: Json };
      'finish_job': {
        Args: {
          'code'?: string;
          'final_result': Json;
          'final_status': Database['public']['Enums']['job_status'];
          'message'?: string;
          'target_job_id': string;
          'token': string;
        };
        Returns: boolean;
      };
      'ingest_missing_events': { Args: { 'events': Json; 'target_connection_id': string }; Returns: Json };
      'ingest_missing_replies': { Args: { 'replies': Json; 'target_connection_id': string }; Returns: Json };
      'ingest_webhook_events': { Args: { 'deliveries': Json }; Returns: Json };
      'list_sealed': { Args: { 'current_key_id': string }; Returns: Json };
      'list_sync_campaigns': {
        Args: { 'listed_since': string; 'target_client_id': string; 'target_connection_id': string };
        Returns: Json;
      };
      'map_campaign': {
        Args: { 'target_campaign_id'?: string; 'target_client_id': string; 'unmapped_campaign_id': string };
        Returns: Json;
      };
      'next_export_batch': {
        Args: { 'batch_size': number; 'target_job_id': string; 'token': string };
        Returns: Json;
      };
      'preview_export': { Args: { 'target_campaign_id': string }; Returns: Json };
      'process_webhook_events': { Args: { 'batch_size'?: number }; Returns: Json };
      'read_connection': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_export_campaign': { Args: { 'target_campaign_id': string }; Returns: Json };
      'read_job': { Args: { 'target_job_id': string }; Returns: Json };
      'read_provider_webhook': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_sync_position': {
        Args: { 'target_connection_id': string; 'target_source': string };
        Returns: Json;
      };
      'read_webhook_secret': { Args: { 'target_connection_id': string }; Returns: Json };
      'record_campaign_analytics': {
        Args: { 'days': Json; 'target_campaign_id': string };
        Returns: undefined;
      };
      'record_campaign_synced': {
        Args: { 'fingerprint': string; 'target_campaign_id': string };
        Returns: undefined;
      };
      'record_campaign_totals': { Args: { 'totals': Json }; Returns: undefined };
      'record_email_account_days': {
        Args: { 'days': Json; 'emails': (string)[]; 'target_connection_id': string };
        Returns: number;
      };
      'record_email_account_warmup': {
        Args: { 'target_connection_id': string; 'warmups': Json };
        Returns: number;
      };
      'record_email_accounts': { Args: { 'listed': Json; 'target_connection_id': string }; Returns: Json };
      'record_export_batch': {
        Args: { 'lease_seconds': number; 'outcomes': Json; 'target_job_id': string; 'token': string };
        Returns: Json;
      };
      'record_exported_campaign': {
        Args: { 'campaign_name': string; 'new_provider_campaign_id': string; 'target_campaign_id': string };
        Returns: undefined;
      };
      'record_leads': { Args: { 'leads': Json; 'target_campaign_id': string }; Returns: number };
      'record_provider_api_calls': { Args: { 'calls': Json }; Returns: number };
      'record_provider_campaigns': {
        Args: { 'listed': Json; 'target_connection_id': string };
        Returns: Json;
      };
      'record_provider_labels': { Args: { 'labels': Json; 'target_connection_id': string }; Returns: number };
      'record_provider_webhook': {
        Args: {
          'new_provider_webhook_id': string;
          'new_state': string;
          'new_url': string;
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'release_job': {
        Args: {
          'code'?: string;
          'message'?: string;
          'retry_after_seconds': number;
          'target_job_id': string;
          'token': string;
        };
        Returns: boolean;
      };
      'remap_campaign': { Args: { 'target_campaign_id': string; 'target_client_id': string }; Returns: Json };
      'remove_connection': { Args: { 'target_connection_id': string }; Returns: undefined };
      'replace_sealed': { Args: { 'resealed': Json }; Returns: number };
      'replay_dead_letters': {
        Args: {
          'dry_run'?: boolean;
          'ids'?: (number)[];
          'reason_like'?: string;
          'received_from'?: string;
          'received_to'?: string;
          'target_connection_id'?: string;
        };
        Returns: Json;
      };
      'request_export': {
        Args: { 'activate': boolean; 'requester': string; 'target_campaign_id': string };
        Returns: Json;
      };
      'request_replay': {
        Args: {
          'replay_from': string;
          'replay_to': string;
          'requester': string;
          'target_connection_id': string;
        };
        Returns: Json;
      };
      'request_sync': {
        Args: {
          'read_everything': boolean;
          'requester': string;
          'target_client_id': string;
          'target_connection_id': string;
        };
        Returns: Json;
      };
      'save_connection': {
        Args: { 'actor': string; 'saved': Json; 'target_connection_id': string };
        Returns: Json;
      };
      'save_job': {
        Args: { 'checkpoint': Json; 'lease_seconds': number; 'target_job_id': string; 'token': string };
        Returns: boolean;
      };
      'save_sync_position': {
        Args: { 'new_position': Json; 'target_connection_id': string; 'target_source': string };
        Returns: undefined;
      };
      'save_webhook_secret': {
        Args: {
          'digest_hex': string;
          'grace_seconds': number;
          'key_id': string;
          'sealed': string;
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'set_client_integration': { Args: { 'enabled': boolean; 'target_client_id': string }; Returns: Json };
      'set_connection_paused': {
        Args: { 'paused': boolean; 'target_connection_id': string };
        Returns: undefined;
      };
      'set_connection_status': {
        Args: {
          'new_status': Database['public']['Enums']['connection_status'];
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'take_rate_budget': {
        Args: {
          'bucket': string;
          'finished'?: Json;
          'priority': string;
          'target_connection_id': string;
          'wanted': number;
        };
        Returns: Json;
      };
    };
    Enums: {
      'connection_status': 'active' | 'paused' | 'invalid' | 'needs_plan';
      'email_account_status': 'active' | 'paused' | 'error' | 'suspended';
      'email_deliverability':
        | 'deliverable'
        | 'risky'
        | 'undeliverable'
        | 'unknown'
        | 'unverified'
        | 'not_found';
      'email_event_type':
        | 'email_sent'
        | 'email_delivered'
        | 'email_opened'
        | 'email_clicked'
        | 'reply_received'
        | 'auto_reply_received'
        | 'email_bounced'
        | 'email_spam_reported'
        | 'lead_unsubscribed'
        | 'lead_interested'
        | 'lead_meeting_booked'
        | 'lead_meeting_completed'
        | 'lead_closed'
        | 'lead_not_interested'
        | 'lead_wrong_person'
        | 'lead_lost'
        | 'lead_neutral'
        | 'lead_out_of_office'
        | 'lead_no_show'
        | 'lead_labelled'
        | 'lead_completed'
        | 'lead_error'
        | 'campaign_started'
        | 'campaign_paused'
        | 'campaign_completed'
        | 'account_error'
        | 'account_suspended'
        | 'enrichment_completed'
        | 'unknown';
      'export_outcome':
        | 'planned'
        | 'sending'
        | 'created'
        | 'duplicate'
        | 'blocked'
        | 'invalid'
        | 'skipped'
        | 'failed';
      'export_recipient': 'business' | 'linkedin_contact';
      'generation_status': 'pending' | 'running' | 'completed' | 'failed';
      'interest_status': 'positive' | 'neutral' | 'negative';
      'job_kind': 'export' | 'sync' | 'replay';
      'job_status': 'queued' | 'running' | 'completed' | 'partial' | 'failed';
      'lead_status': 'not_yet_emailed' | 'emailed' | 'bounced' | 'replied';
      'member_role': 'operator' | 'client';
      'provider': 'instantly' | 'smartlead';
      'provider_campaign_status':
        | 'draft'
        | 'active'
        | 'paused'
        | 'completed'
        | 'running_subsequences'
        | 'accounts_unhealthy'
        | 'bounce_protect'
        | 'account_suspended';
      'suppression_reason': 'unsubscribed' | 'bounced' | 'spam_report' | 'erased';
      'webhook_event_status': 'pending' | 'projected' | 'quarantined' | 'dead';
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof (
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views']
    )
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals } ? (
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views']
  )[TableName] extends {
    Row: infer R;
  } ? R
  : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R;
    } ? R
    : never
  : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
    Insert: infer I;
  } ? I
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I;
    } ? I
    : never
  : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
    Update: infer U;
  } ? U
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U;
    } ? U
    : never
  : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema['Enums']
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
  : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
  : never;

export const Constants = {
  'public': {
    Enums: {
      'connection_status': ['active', 'paused', 'invalid', 'needs_plan'],
      'email_account_status': ['active', 'paused', 'error', 'suspended'],
      'email_deliverability': ['deliverable', 'risky', 'undeliverable', 'unknown', 'unverified', 'not_found'],
      'email_event_type': [
        'email_sent',
        'email_delivered',
        'email_opened',
        'email_clicked',
        'reply_received',
        'auto_reply_received',
        'email_bounced',
        'email_spam_reported',
        'lead_unsubscribed',
        'lead_interested',
        'lead_meeting_booked',
        'lead_meeting_completed',
        'lead_closed',
        'lead_not_interested',
        'lead_wrong_person',
        'lead_lost',
        'lead_neutral',
        'lead_out_of_office',
        'lead_no_show',
        'lead_labelled',
        'lead_completed',
        'lead_error',
        'campaign_started',
        'campaign_paused',
        'campaign_completed',
        'account_error',
        'account_suspended',
        'enrichment_completed',
        'unknown',
      ],
      'export_outcome': [
        'planned',
        'sending',
        'created',
        'duplicate',
        'blocked',
        'invalid',
        'skipped',
        'failed',
      ],
      'export_recipient': ['business', 'linkedin_contact'],
      'generation_status': ['pending', 'running', 'completed', 'failed'],
      'interest_status': ['positive', 'neutral', 'negative'],
      'job_kind': ['export', 'sync', 'replay'],
      'job_status': ['queued', 'running', 'completed', 'partial', 'failed'],
      'lead_status': ['not_yet_emailed', 'emailed', 'bounced', 'replied'],
      'member_role': ['operator', 'client'],
      'provider': ['instantly', 'smartlead'],
      'provider_campaign_status': [
        'draft',
        'active',
        'paused',
        'completed',
        'running_subsequences',
        'accounts_unhealthy',
        'bounce_protect',
        'account_suspended',
      ],
      'suppression_reason': ['unsubscribed', 'bounced', 'spam_report', 'erased'],
      'webhook_event_status': ['pending', 'projected', 'quarantined', 'dead'],
    },
  },
} as const;
